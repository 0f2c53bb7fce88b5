import { arrayType, type SqlType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction, AggregateOverload } from '../function.ts';
import { arrayOf, BIGINT, DOUBLE, INTEGER, type Parameter } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';
import { type Arithmetic, DOUBLES, INTEGERS, LONGS } from '../support/arithmetic-of.ts';

function sumOf<Value extends SqlValue>(
  element: Parameter<Value>,
  type: SqlType,
  { zero, add, subtract }: Arithmetic<Value>,
): AggregateOverload {
  const total = (list: readonly (Value | null)[]): Value =>
    list.reduce<Value>((sum, value) => (value === null ? sum : add(sum, value)), zero);
  return aggregateOverload({
    columns: [arrayOf(element)],
    returns: element,
    bind: () => ({
      stateType: type,
      returnType: type,
      initialize: () => zero,
      aggregate: (sum: Value, list: readonly (Value | null)[] | null) => (list === null ? sum : add(sum, total(list))),
      merge: add,
      undo: (sum, list) => (list === null ? sum : subtract(sum, total(list))),
      result: (sum) => sum,
    }),
  });
}

export const SUM_LIST: AggregateFunction = {
  kind: 'aggregate',
  name: 'SUM_LIST',
  category: 'AGGREGATE',
  description: 'The sum of all elements of all arrays of a column.',
  overloads: [
    sumOf(DOUBLE, SqlTypes.DOUBLE, DOUBLES),
    sumOf(INTEGER, SqlTypes.INTEGER, INTEGERS),
    sumOf(BIGINT, SqlTypes.BIGINT, LONGS),
  ],
  examples: [{ types: [arrayType(SqlTypes.INTEGER)], rows: [[[1, 2]], [null], [[3, null]]], result: '6' }],
};
