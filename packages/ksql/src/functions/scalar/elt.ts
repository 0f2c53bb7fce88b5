import { nullableOverload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING, variadic } from '../parameter.ts';

export const ELT: ScalarFunction = {
  kind: 'scalar',
  name: 'elt',
  category: 'STRING',
  description: 'The argument at a position that counts from 1; null where there is none.',
  overloads: [
    nullableOverload({
      parameters: [INTEGER, variadic(STRING)],
      returns: STRING,
      evaluate: (position, ...values) => (position === null || position < 1 ? null : (values[position - 1] ?? null)),
    }),
  ],
  examples: [
    { call: "ELT(2, 'a', 'b')", result: 'b' },
    { call: "ELT(3, 'a', 'b')", result: null },
  ],
};
