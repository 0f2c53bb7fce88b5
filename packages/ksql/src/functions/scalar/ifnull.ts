import { nullableOverload, type ScalarFunction } from '../function.ts';
import { generic } from '../parameter.ts';

const T = generic('T');

export const IFNULL: ScalarFunction = {
  kind: 'scalar',
  name: 'IFNULL',
  category: 'CONDITIONAL',
  description: 'The first argument, or if that is null the second.',
  overloads: [nullableOverload({ parameters: [T, T], returns: T, evaluate: (value, otherwise) => value ?? otherwise })],
  examples: [{ call: "IFNULL(CAST(NULL AS STRING), 'x')", result: 'x' }],
};
