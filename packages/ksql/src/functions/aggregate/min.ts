import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { extremeAggregates } from '../support/extreme-aggregates.ts';

export const MIN: AggregateFunction = {
  kind: 'aggregate',
  name: 'MIN',
  category: 'AGGREGATE',
  description: 'The least value of a column; null if every value is null.',
  overloads: extremeAggregates(-1),
  examples: [{ types: [SqlTypes.STRING], rows: [['b'], [null], ['a']], result: 'a' }],
};
