import { orderOf } from '../../types/compare.ts';
import { arrayType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction, AggregateOverload } from '../function.ts';
import {
  arrayOf,
  BIGINT,
  BYTES,
  constant,
  DATE,
  DECIMAL,
  DOUBLE,
  INTEGER,
  type Parameter,
  STRING,
  TIME,
  TIMESTAMP,
} from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';

const COLUMNS: readonly Parameter[] = [INTEGER, BIGINT, DOUBLE, STRING, DECIMAL, DATE, TIME, TIMESTAMP, BYTES];

function topOf(column: Parameter): AggregateOverload {
  return aggregateOverload({
    columns: [column as Parameter<SqlValue>],
    constants: [constant(INTEGER)],
    returns: arrayOf(column),
    bind: ({ types, constants: [size] }) => {
      const type = arrayType(types[0]!);
      const compare = orderOf(types[0]!);
      const add = (values: readonly SqlValue[], value: SqlValue): readonly SqlValue[] => {
        if (value === null || values.some((known) => compare(known, value) === 0)) return values;
        return [...values, value].sort((left, right) => compare(right, left)).slice(0, size as number);
      };
      return {
        stateType: type,
        returnType: type,
        initialize: (): readonly SqlValue[] => [],
        aggregate: add,
        merge: (left: readonly SqlValue[], right: readonly SqlValue[]) => right.reduce(add, left),
        result: (values: readonly SqlValue[]) => values,
      };
    },
  });
}

export const TOPKDISTINCT: AggregateFunction = {
  kind: 'aggregate',
  name: 'TOPKDISTINCT',
  category: 'AGGREGATE',
  description: 'The k greatest different values of a column, in descending order.',
  overloads: COLUMNS.map(topOf),
  examples: [{ types: [SqlTypes.INTEGER], constants: [2], rows: [[1], [3], [null], [3], [2]], result: '[3, 2]' }],
};
