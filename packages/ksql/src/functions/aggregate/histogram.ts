import { mapType, SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { BIGINT, mapOf, STRING } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';

const KEYS_MAX = 1000;

type Counts = ReadonlyMap<string, bigint>;

function change(counts: Counts, key: string, by: bigint): Counts {
  const known = counts.get(key);
  if (known === undefined && (by < 0n || counts.size >= KEYS_MAX)) return counts;
  const changed = new Map(counts);
  const count = (known ?? 0n) + by;
  if (count > 0n) changed.set(key, count);
  else changed.delete(key);
  return changed;
}

const TYPE = mapType(SqlTypes.STRING, SqlTypes.BIGINT);

export const HISTOGRAM: AggregateFunction = {
  kind: 'aggregate',
  name: 'HISTOGRAM',
  category: 'AGGREGATE',
  description: `How often each text stands in a column; at most ${KEYS_MAX} different ones are counted.`,
  overloads: [
    aggregateOverload({
      columns: [STRING],
      returns: mapOf(STRING, BIGINT),
      bind: () => ({
        stateType: TYPE,
        returnType: TYPE,
        initialize: (): Counts => new Map(),
        aggregate: (counts: Counts, key) => (key === null ? counts : change(counts, key, 1n)),
        merge: (left, right) => [...right].reduce((counts, [key, count]) => change(counts, key, count), left),
        undo: (counts, key) => (key === null ? counts : change(counts, key, -1n)),
        result: (counts) => counts,
      }),
    }),
  ],
  examples: [{ types: [SqlTypes.STRING], rows: [['a'], ['b'], ['a']], result: '{a=2, b=1}' }],
};
