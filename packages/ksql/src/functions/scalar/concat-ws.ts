import { MillraceError } from '@millrace/base';
import { nullableOverload, type ScalarFunction } from '../function.ts';
import { BYTES, STRING, variadic } from '../parameter.ts';
import { concatBytes } from '../support/bytes.ts';

function requireTwo(count: number): void {
  if (count < 2)
    throw new MillraceError('INVALID_ARGUMENT', 'Function Concat_WS expects at least two input arguments.');
}

export const CONCAT_WS: ScalarFunction = {
  kind: 'scalar',
  name: 'concat_ws',
  category: 'STRING',
  description: 'Joins texts, or bytes, with the first argument between them; nulls are left out.',
  overloads: [
    nullableOverload({
      parameters: [variadic(STRING)],
      returns: STRING,
      evaluate: (...values) => {
        requireTwo(values.length);
        const [separator, ...parts] = values;
        return separator === null ? null : parts.filter((part) => part !== null).join(separator);
      },
    }),
    nullableOverload({
      parameters: [variadic(BYTES)],
      returns: BYTES,
      evaluate: (...values) => {
        requireTwo(values.length);
        const [separator, ...parts] = values;
        if (separator === null || separator === undefined) return null;
        const present = parts.filter((part) => part !== null);
        return concatBytes(present.flatMap((part, index) => (index === 0 ? [part] : [separator, part])));
      },
    }),
  ],
  examples: [
    { call: "CONCAT_WS(', ', 'a', NULL, 'b')", result: 'a, b' },
    { call: "CONCAT_WS(CAST(NULL AS STRING), 'a', 'b')", result: null },
  ],
};
