import { equalityOf } from '../../types/compare.ts';
import { arrayType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction } from '../function.ts';
import { generic } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';

const T = generic('T');

/** A value and in how many rows it stands; null is a value too. */
type Entry = readonly [value: SqlValue, count: number];

export const ATTR: AggregateFunction = {
  kind: 'aggregate',
  name: 'ATTR',
  category: 'AGGREGATE',
  description: 'The value of a column that is the same in all rows; null as soon as rows differ.',
  overloads: [
    aggregateOverload({
      columns: [T],
      returns: T,
      bind: ({ types }) => {
        const type = types[0]!;
        const equal = equalityOf(type);
        const change = (entries: readonly Entry[], value: SqlValue, by: number): readonly Entry[] => {
          if (entries.some(([known]) => equal(known, value))) {
            return entries.map((entry) => (equal(entry[0], value) ? [value, Math.max(0, entry[1] + by)] : entry));
          }
          return by > 0 ? [...entries, [value, by]] : entries;
        };
        return {
          stateType: arrayType(
            structType([
              { name: 'VALUE', type },
              { name: 'COUNT', type: SqlTypes.INTEGER },
            ]),
          ),
          returnType: type,
          initialize: (): readonly Entry[] => [],
          aggregate: (entries: readonly Entry[], value) => change(entries, value, 1),
          merge: (left, right) => right.reduce((entries, [value, count]) => change(entries, value, count), left),
          undo: (entries, value) => change(entries, value, -1),
          result: (entries) => {
            const present = entries.filter(([, count]) => count > 0);
            return present.length === 1 ? present[0]![0] : null;
          },
        };
      },
    }),
  ],
  examples: [
    { types: [SqlTypes.STRING], rows: [['a'], ['a']], result: 'a' },
    { types: [SqlTypes.STRING], rows: [['a'], ['b']], result: null },
  ],
};
