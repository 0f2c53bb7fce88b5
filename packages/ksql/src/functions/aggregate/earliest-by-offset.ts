import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { byOffsetOverloads } from '../support/by-offset.ts';

export const EARLIEST_BY_OFFSET: AggregateFunction = {
  kind: 'aggregate',
  name: 'EARLIEST_BY_OFFSET',
  category: 'AGGREGATE',
  description: 'The first value of a column, or its first n in an array; nulls are passed over unless asked for.',
  overloads: byOffsetOverloads({
    keep: (known, next) => known ?? next,
    keepSome: (known, count) => known.slice(0, count),
    countName: 'earliestN',
  }),
  examples: [
    { types: [SqlTypes.INTEGER], rows: [[null], [1], [2]], result: '1' },
    { types: [SqlTypes.INTEGER], constants: [2], rows: [[null], [1], [2], [3]], result: '[1, 2]' },
    { types: [SqlTypes.INTEGER], constants: [2, false], rows: [[null], [1], [2]], result: '[null, 1]' },
  ],
};
