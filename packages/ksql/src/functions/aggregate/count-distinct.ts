import { identityOf } from '../../types/compare.ts';
import { arrayType, SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { BIGINT, generic } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';
import { addHash, emptySketch, estimate, hashText, mergeSketches } from '../support/hyper-log-log.ts';

export const COUNT_DISTINCT: AggregateFunction = {
  kind: 'aggregate',
  name: 'COUNT_DISTINCT',
  category: 'AGGREGATE',
  description: 'About how many different values a column has, with an error of less than 1 %; nulls do not count.',
  overloads: [
    aggregateOverload({
      columns: [generic('T')],
      returns: BIGINT,
      bind: ({ types }) => {
        const identity = identityOf(types[0]!);
        return {
          stateType: arrayType(SqlTypes.INTEGER),
          returnType: SqlTypes.BIGINT,
          initialize: emptySketch,
          aggregate: (sketch: readonly number[], value) =>
            value === null ? sketch : addHash(sketch, hashText(String(identity(value)))),
          merge: mergeSketches,
          result: estimate,
        };
      },
    }),
  ],
  examples: [{ types: [SqlTypes.STRING], rows: [['a'], ['b'], [null], ['a']], result: '2' }],
};
