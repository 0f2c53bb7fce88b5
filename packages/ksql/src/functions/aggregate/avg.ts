import { type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction, AggregateOverload } from '../function.ts';
import { BIGINT, DOUBLE, INTEGER, type Parameter } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';
import { type Arithmetic, DOUBLES, INTEGERS, LONGS } from '../support/arithmetic-of.ts';

function averageOf<Value extends SqlValue>(
  column: Parameter<Value>,
  type: SqlType,
  { zero, add, subtract, toDouble }: Arithmetic<Value>,
): AggregateOverload {
  type State = readonly [sum: Value, count: bigint];
  return aggregateOverload({
    columns: [column] as readonly [Parameter<Value>],
    returns: DOUBLE,
    bind: () => ({
      stateType: structType([
        { name: 'SUM', type },
        { name: 'COUNT', type: SqlTypes.BIGINT },
      ]),
      returnType: SqlTypes.DOUBLE,
      initialize: (): State => [zero, 0n],
      aggregate: (state: State, value: Value | null): State =>
        value === null ? state : [add(state[0], value), state[1] + 1n],
      merge: (left: State, right: State): State => [add(left[0], right[0]), left[1] + right[1]],
      undo: (state: State, value: Value | null): State =>
        value === null ? state : [subtract(state[0], value), state[1] - 1n],
      result: ([sum, count]: State) => (count === 0n ? 0 : toDouble(sum) / Number(count)),
    }),
  });
}

export const AVG: AggregateFunction = {
  kind: 'aggregate',
  name: 'AVG',
  category: 'AGGREGATE',
  description: 'The average of a column; 0 if every value is null.',
  overloads: [
    averageOf(BIGINT, SqlTypes.BIGINT, LONGS),
    averageOf(INTEGER, SqlTypes.INTEGER, INTEGERS),
    averageOf(DOUBLE, SqlTypes.DOUBLE, DOUBLES),
  ],
  examples: [
    { types: [SqlTypes.INTEGER], rows: [[1], [null], [2]], result: '1.5' },
    { types: [SqlTypes.DOUBLE], rows: [[null]], result: '0.0' },
  ],
};
