import { equalityOf } from '../../types/compare.ts';
import { arrayType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';
import { aggregateOverload, limitOf } from '../support/aggregates.ts';

const T = generic('T');

export const COLLECT_SET: AggregateFunction = {
  kind: 'aggregate',
  name: 'COLLECT_SET',
  category: 'AGGREGATE',
  description: 'The distinct values of a column, null too, in an array; ksql.functions.collect_set.limit bounds it.',
  overloads: [
    aggregateOverload({
      columns: [T],
      returns: arrayOf(T),
      bind: (binding) => {
        const type = arrayType(binding.types[0]!);
        const equal = equalityOf(type.element);
        const limit = limitOf(binding, 'ksql.functions.collect_set.limit');
        const add = (list: readonly SqlValue[], value: SqlValue): readonly SqlValue[] =>
          list.length >= limit || list.some((each) => equal(each, value)) ? list : [...list, value];
        return {
          stateType: type,
          returnType: type,
          initialize: (): readonly SqlValue[] => [],
          aggregate: add,
          merge: (left: readonly SqlValue[], right: readonly SqlValue[]) => right.reduce(add, left),
          result: (list: readonly SqlValue[]) => list,
        };
      },
    }),
  ],
  examples: [{ types: [SqlTypes.INTEGER], rows: [[1], [null], [1]], result: '[1, null]' }],
};
