import { orderOf } from '../../types/compare.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateOverload } from '../function.ts';
import {
  BIGINT,
  BYTES,
  DATE,
  DECIMAL,
  DOUBLE,
  INTEGER,
  type Parameter,
  STRING,
  TIME,
  TIMESTAMP,
} from '../parameter.ts';
import { aggregateOverload } from './aggregates.ts';

const COLUMNS: readonly Parameter[] = [INTEGER, BIGINT, DOUBLE, DECIMAL, DATE, TIME, TIMESTAMP, STRING, BYTES];

/** The overloads of MAX (direction 1) and MIN (-1); null until there is a value. */
export function extremeAggregates(direction: 1 | -1): readonly AggregateOverload[] {
  return COLUMNS.map((column) =>
    aggregateOverload({
      columns: [column as Parameter<SqlValue>],
      returns: column,
      bind: ({ types }) => {
        const compare = orderOf(types[0]!);
        const better = (left: SqlValue, right: SqlValue): SqlValue => {
          if (left === null || right === null) return left ?? right;
          return compare(right, left) * direction > 0 ? right : left;
        };
        return {
          stateType: types[0]!,
          returnType: types[0]!,
          initialize: (): SqlValue => null,
          aggregate: better,
          merge: better,
          result: (state: SqlValue) => state,
        };
      },
    }),
  );
}
