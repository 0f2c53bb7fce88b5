import { nullableOverload, type ScalarFunction } from '../function.ts';
import { generic } from '../parameter.ts';

const T = generic('T');

export const AS_VALUE: ScalarFunction = {
  kind: 'scalar',
  name: 'AS_VALUE',
  category: 'OTHER',
  description: 'The argument itself; in a projection it copies a key column into the value.',
  overloads: [nullableOverload({ parameters: [T], returns: T, evaluate: (value) => value })],
  examples: [{ call: 'AS_VALUE(1)', result: '1' }],
};
