import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { deviationOverloads } from '../support/deviation.ts';

export const STDDEV_SAMPLE: AggregateFunction = {
  kind: 'aggregate',
  name: 'STDDEV_SAMPLE',
  category: 'AGGREGATE',
  description: 'The sample standard deviation of a column.',
  overloads: deviationOverloads(Math.sqrt),
  examples: [{ types: [SqlTypes.INTEGER], rows: [[0], [10]], result: '7.0710678118654755' }],
};
