import { Decimal } from '../../types/decimal.ts';
import { decimalType, type SqlType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction, AggregateOverload } from '../function.ts';
import { BIGINT, DECIMAL, DOUBLE, INTEGER, type Parameter } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';
import { type Arithmetic, DOUBLES, decimals, INTEGERS, LONGS } from '../support/arithmetic-of.ts';
import { asDecimal } from '../support/decimal-types.ts';

function sumOf<Value extends SqlValue>(
  column: Parameter<Value>,
  arithmeticOf: (type: SqlType) => Arithmetic<Value>,
): AggregateOverload {
  return aggregateOverload({
    columns: [column] as readonly [Parameter<Value>],
    returns: column,
    bind: ({ types }) => {
      const type = types[0]!;
      const { zero, add, subtract } = arithmeticOf(type);
      return {
        stateType: type,
        returnType: type,
        initialize: (): Value => zero,
        aggregate: (sum: Value, value: Value | null) => (value === null ? sum : add(sum, value)),
        merge: add,
        undo: (sum: Value, value: Value | null) => (value === null ? sum : subtract(sum, value)),
        result: (sum: Value) => sum,
      };
    },
  });
}

export const SUM: AggregateFunction = {
  kind: 'aggregate',
  name: 'SUM',
  category: 'AGGREGATE',
  description: 'The sum of a column, in its own type; 0 if there is nothing to add.',
  overloads: [
    sumOf(INTEGER, () => INTEGERS),
    sumOf(BIGINT, () => LONGS),
    sumOf(DOUBLE, () => DOUBLES),
    sumOf(DECIMAL, (type) => decimals(asDecimal(type))),
  ],
  examples: [
    { types: [SqlTypes.INTEGER], rows: [[1], [null], [2]], result: '3' },
    {
      types: [decimalType(4, 2)],
      rows: [[new Decimal(150n, 2)], [new Decimal(275n, 2)]],
      result: '4.25',
    },
  ],
};
