import { type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateOverload } from '../function.ts';
import { BIGINT, DOUBLE, INTEGER, type Parameter } from '../parameter.ts';
import { aggregateOverload } from './aggregates.ts';
import { type Arithmetic, DOUBLES, INTEGERS, LONGS } from './arithmetic-of.ts';

/** Sum, count, and the sum of squared deviations, kept by the algorithm of Youngs and Cramer. */
type State<Value> = readonly [sum: Value, count: number, squares: number];

/** The overloads of the two deviation functions, which differ in what they make of the variance. */
export function deviationOverloads(finish: (variance: number) => number): readonly AggregateOverload[] {
  return [
    deviationOf(BIGINT, SqlTypes.BIGINT, { arithmetic: LONGS, finish }),
    deviationOf(INTEGER, SqlTypes.INTEGER, { arithmetic: INTEGERS, finish }),
    deviationOf(DOUBLE, SqlTypes.DOUBLE, { arithmetic: DOUBLES, finish }),
  ];
}

function deviationOf<Value extends SqlValue>(
  column: Parameter<Value>,
  type: SqlType,
  options: { readonly arithmetic: Arithmetic<Value>; readonly finish: (variance: number) => number },
): AggregateOverload {
  const { zero, add, subtract, toDouble } = options.arithmetic;
  // ksqlDB cuts the means of whole numbers to whole numbers where it merges two states.
  const mean = (sum: Value, count: number): number =>
    type.kind === 'DOUBLE' ? toDouble(sum) / count : Math.trunc(toDouble(sum) / count);
  return aggregateOverload({
    columns: [column] as readonly [Parameter<Value>],
    returns: DOUBLE,
    bind: () => ({
      stateType: structType([
        { name: 'SUM', type },
        { name: 'COUNT', type: SqlTypes.INTEGER },
        { name: 'M2', type: SqlTypes.DOUBLE },
      ]),
      returnType: SqlTypes.DOUBLE,
      initialize: (): State<Value> => [zero, 0, 0],
      aggregate: (state: State<Value>, value: Value | null): State<Value> => {
        if (value === null) return state;
        const [sum, count, squares] = state;
        const newSum = add(sum, value);
        const delta = toDouble(value) * (count + 1) - toDouble(newSum);
        return [newSum, count + 1, squares + (count === 0 ? 0 : (delta * delta) / ((count + 1) * count))];
      },
      merge: (left: State<Value>, right: State<Value>): State<Value> => {
        const count = left[1] + right[1];
        const squares = left[2] + right[2];
        if (left[1] === 0 || right[1] === 0) return [add(left[0], right[0]), count, squares];
        const distance = mean(left[0], left[1]) - mean(right[0], right[1]);
        return [add(left[0], right[0]), count, squares + (left[1] * right[1] * distance * distance) / count];
      },
      undo: (state: State<Value>, value: Value | null): State<Value> => {
        if (value === null) return state;
        const [sum, count, squares] = state;
        const newCount = count - 1;
        const newSum = subtract(sum, value);
        if (newCount <= 0) return [newSum, newCount, squares];
        const delta = toDouble(value) * count - toDouble(sum);
        return [newSum, newCount, squares - (delta * delta) / (newCount * count)];
      },
      result: ([, count, squares]: State<Value>) => (count < 2 ? 0 : options.finish(squares / (count - 1))),
    }),
  });
}
