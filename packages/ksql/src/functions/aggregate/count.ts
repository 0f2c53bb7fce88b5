import { SqlTypes } from '../../types/sql-type.ts';
import type { AggregateFunction } from '../function.ts';
import { BIGINT, generic } from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';

export const COUNT: AggregateFunction = {
  kind: 'aggregate',
  name: 'COUNT',
  category: 'AGGREGATE',
  description: 'How many rows there are; with an argument those for which it is not null.',
  overloads: [
    aggregateOverload({
      columns: [generic('T')],
      returns: BIGINT,
      bind: () => ({
        stateType: SqlTypes.BIGINT,
        returnType: SqlTypes.BIGINT,
        onlyPresence: true,
        initialize: () => 0n,
        aggregate: (count: bigint, value) => (value === null ? count : count + 1n),
        merge: (left, right) => left + right,
        undo: (count, value) => (value === null ? count : count - 1n),
        result: (count) => count,
      }),
    }),
  ],
  examples: [{ types: [SqlTypes.STRING], rows: [['a'], [null], ['b']], result: '2' }],
};
