import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { byOffsetOverloads } from '../support/by-offset.ts';

export const LATEST_BY_OFFSET: AggregateFunction = {
  kind: 'aggregate',
  name: 'LATEST_BY_OFFSET',
  category: 'AGGREGATE',
  description: 'The last value of a column, or its last n in an array; nulls are passed over unless asked for.',
  overloads: byOffsetOverloads({
    keep: (_, next) => next,
    keepSome: (known, count) => known.slice(-count),
    countName: 'latestN',
  }),
  examples: [
    { types: [SqlTypes.INTEGER], rows: [[1], [2], [null]], result: '2' },
    { types: [SqlTypes.INTEGER], constants: [2], rows: [[null], [2], [3]], result: '[2, 3]' },
  ],
};
