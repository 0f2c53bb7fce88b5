import { nullableOverload, type ScalarFunction } from '../function.ts';
import { generic, variadic } from '../parameter.ts';

const T = generic('T');

export const COALESCE: ScalarFunction = {
  kind: 'scalar',
  name: 'COALESCE',
  category: 'CONDITIONAL',
  description: 'The first argument that is not null.',
  overloads: [
    nullableOverload({
      parameters: [T, variadic(T)],
      returns: T,
      evaluate: (...values) => values.find((value) => value !== null) ?? null,
    }),
  ],
  examples: [{ call: 'COALESCE(NULL, NULL, 3, 4)', result: '3' }],
};
