import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { extremeAggregates } from '../support/extreme-aggregates.ts';

export const MAX: AggregateFunction = {
  kind: 'aggregate',
  name: 'MAX',
  category: 'AGGREGATE',
  description: 'The greatest value of a column; null if every value is null.',
  overloads: extremeAggregates(1),
  examples: [
    { types: [SqlTypes.INTEGER], rows: [[1], [null], [3], [2]], result: '3' },
    { types: [SqlTypes.STRING], rows: [[null]], result: null },
  ],
};
