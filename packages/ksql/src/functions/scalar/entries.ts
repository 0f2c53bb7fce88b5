import { SqlTypes } from '../../types/sql-type.ts';
import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, BIGINT, BOOLEAN, DOUBLE, INTEGER, mapOf, STRING, structOf } from '../parameter.ts';

export const ENTRIES: ScalarFunction = {
  kind: 'scalar',
  name: 'ENTRIES',
  category: 'MAP',
  description: 'The entries of a map as structs of K and V, sorted by key if asked to.',
  overloads: [
    [INTEGER, SqlTypes.INTEGER] as const,
    [BIGINT, SqlTypes.BIGINT] as const,
    [DOUBLE, SqlTypes.DOUBLE] as const,
    [BOOLEAN, SqlTypes.BOOLEAN] as const,
    [STRING, SqlTypes.STRING] as const,
  ].map(([value, type]) =>
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
