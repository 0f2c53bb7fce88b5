import { type SqlType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, BIGINT, BOOLEAN, DOUBLE, INTEGER, mapOf, type Parameter, STRING, structOf } from '../parameter.ts';

const VALUES: readonly (readonly [Parameter<SqlValue>, SqlType])[] = [
  [INTEGER, SqlTypes.INTEGER],
  [BIGINT, SqlTypes.BIGINT],
  [DOUBLE, SqlTypes.DOUBLE],
  [BOOLEAN, SqlTypes.BOOLEAN],
  [STRING, SqlTypes.STRING],
];

export const ENTRIES: ScalarFunction = {
  kind: 'scalar',
  name: 'ENTRIES',
  category: 'MAP',
  description: 'The entries of a map as structs of K and V, sorted by key if asked to.',
  overloads: VALUES.map(([value, type]) =>
    overload({
      parameters: [mapOf(STRING, value), BOOLEAN],
      returns: arrayOf(
        structOf([
          { name: 'K', type: SqlTypes.STRING },
          { name: 'V', type },
        ]),
      ),
      evaluate: (map, sorted) => {
        const entries = [...map].map(([key, each]) => [key, each] as const);
        return sorted ? entries.sort(([left], [right]) => (left < right ? -1 : 1)) : entries;
      },
    }),
  ),
  examples: [{ call: "ENTRIES(MAP('b' := 1, 'a' := 2), true)", result: '[Struct{K=a,V=2}, Struct{K=b,V=1}]' }],
};
