import { type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { AggregateFunction, AggregateOverload } from '../function.ts';
import { BIGINT, DOUBLE, INTEGER, type Parameter } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';

type State = readonly [x: number, y: number, xSquared: number, ySquared: number, product: number, count: bigint];

const STATE_TYPE: SqlType = structType([
  { name: 'X_SUM', type: SqlTypes.DOUBLE },
  { name: 'Y_SUM', type: SqlTypes.DOUBLE },
  { name: 'X_SQUARED_SUM', type: SqlTypes.DOUBLE },
  { name: 'Y_SQUARED_SUM', type: SqlTypes.DOUBLE },
  { name: 'XY_SUM', type: SqlTypes.DOUBLE },
  { name: 'COUNT', type: SqlTypes.BIGINT },
]);

function add(state: State, [x, y]: readonly [number, number], sign: 1 | -1): State {
  return [
    state[0] + sign * x,
    state[1] + sign * y,
    state[2] + sign * x * x,
    state[3] + sign * y * y,
    state[4] + sign * x * y,
    state[5] + BigInt(sign),
  ];
}

function coefficient([x, y, xSquared, ySquared, product, rows]: State): number {
  const count = Number(rows);
  const denominator = Math.sqrt((count * xSquared - x * x) * (count * ySquared - y * y));
  return (count * product - x * y) / denominator;
}

/** A row of which one side is null does not count. */
function correlationOf<Value extends number | bigint>(column: Parameter<Value>): AggregateOverload {
  const step =
    (sign: 1 | -1) =>
    (state: State, x: Value | null, y: Value | null): State =>
      x === null || y === null ? state : add(state, [Number(x), Number(y)], sign);
  return aggregateOverload({
    columns: [column, column] as readonly [Parameter<Value>, Parameter<Value>],
    returns: DOUBLE,
    bind: () => ({
      stateType: STATE_TYPE,
      returnType: SqlTypes.DOUBLE,
      initialize: (): State => [0, 0, 0, 0, 0, 0n],
      aggregate: step(1),
      merge: (left: State, right: State): State => [
        left[0] + right[0],
        left[1] + right[1],
        left[2] + right[2],
        left[3] + right[3],
        left[4] + right[4],
        left[5] + right[5],
      ],
      undo: step(-1),
      result: coefficient,
    }),
  });
}

export const CORRELATION: AggregateFunction = {
  kind: 'aggregate',
  name: 'CORRELATION',
  category: 'AGGREGATE',
  description: "Pearson's correlation coefficient of two columns.",
  overloads: [correlationOf(DOUBLE), correlationOf(INTEGER), correlationOf(BIGINT)],
  examples: [
    {
      types: [SqlTypes.INTEGER, SqlTypes.INTEGER],
      rows: [
        [1, 2],
        [2, 4],
        [null, 9],
      ],
      result: '1.0',
    },
  ],
};
