import { equalityOf } from '../../types/compare.ts';
import { arrayType, SqlTypes } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';
import { aggregateOverload, limitOf } from '../support/aggregates.ts';

const T = generic('T');

export const COLLECT_LIST: AggregateFunction = {
  kind: 'aggregate',
  name: 'COLLECT_LIST',
  category: 'AGGREGATE',
  description: 'All values of a column, nulls too, in an array; ksql.functions.collect_list.limit bounds it.',
  overloads: [
    aggregateOverload({
      columns: [T],
      returns: arrayOf(T),
      bind: (binding) => {
        const type = arrayType(binding.types[0]!);
        const equal = equalityOf(type.element);
        const limit = limitOf(binding, 'ksql.functions.collect_list.limit');
        return {
          stateType: type,
          returnType: type,
          initialize: (): readonly SqlValue[] => [],
          aggregate: (list: readonly SqlValue[], value) => (list.length < limit ? [...list, value] : list),
          merge: (left, right) => [...left, ...right.slice(0, limit - left.length)],
          undo: (list, value) => {
            const position = list.findLastIndex((each) => equal(each, value));
            return position < 0 ? list : list.toSpliced(position, 1);
          },
          result: (list) => list,
        };
      },
    }),
  ],
  examples: [{ types: [SqlTypes.INTEGER], rows: [[1], [null], [1]], result: '[1, null, 1]' }],
};
