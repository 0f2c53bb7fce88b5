import { nullableOverload, type ScalarFunction } from '../function.ts';
import { BYTES, STRING, variadic } from '../parameter.ts';
import { concatBytes } from '../support/bytes.ts';

export const CONCAT: ScalarFunction = {
  kind: 'scalar',
  name: 'concat',
  category: 'STRING',
  description: 'Joins texts, or bytes; nulls count as nothing.',
  overloads: [
    nullableOverload({
      parameters: [variadic(STRING)],
      returns: STRING,
      evaluate: (...parts) => parts.filter((part) => part !== null).join(''),
    }),
    nullableOverload({
      parameters: [variadic(BYTES)],
      returns: BYTES,
      evaluate: (...parts) => concatBytes(parts.filter((part) => part !== null)),
    }),
  ],
  examples: [
    { call: "CONCAT('a', NULL, 'b')", result: 'ab' },
    { call: "CONCAT(TO_BYTES('a', 'utf8'), TO_BYTES('b', 'utf8'))", result: 'YWI=' },
  ],
};
