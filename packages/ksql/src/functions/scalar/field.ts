import { nullableOverload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING, variadic } from '../parameter.ts';

export const FIELD: ScalarFunction = {
  kind: 'scalar',
  name: 'field',
  category: 'STRING',
  description: 'The position, counting from 1, of the first argument among the others; 0 if it is not there.',
  overloads: [
    nullableOverload({
      parameters: [STRING, variadic(STRING)],
      returns: INTEGER,
      evaluate: (text, ...values) => (text === null ? 0 : values.indexOf(text) + 1),
    }),
  ],
  examples: [
    { call: "FIELD('b', 'a', 'b')", result: '2' },
    { call: "FIELD('c', 'a', 'b')", result: '0' },
  ],
};
