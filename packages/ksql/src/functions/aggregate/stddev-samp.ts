import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { deviationOverloads } from '../support/deviation.ts';

export const STDDEV_SAMP: AggregateFunction = {
  kind: 'aggregate',
  name: 'STDDEV_SAMP',
  category: 'AGGREGATE',
  description: 'The sample variance of a column, in spite of its name, which is kept for compatibility.',
  overloads: deviationOverloads((variance) => variance),
  examples: [{ types: [SqlTypes.INTEGER], rows: [[0], [10]], result: '50.0' }],
};
