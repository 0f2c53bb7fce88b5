import { orderOf } from '../../types/compare.ts';
import { arrayType, type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import type { AggregateFunction, AggregateOverload } from '../function.ts';
import {
  ANY,
  arrayOf,
  BIGINT,
  constant,
  DOUBLE,
  generic,
  INTEGER,
  type Parameter,
  STRING,
  variadic,
} from '../parameter.ts';
import { aggregateOverload } from '../support/aggregates.ts';

/** With other columns an entry is a struct of all of them, else the value itself. */
function entryType(types: readonly SqlType[]): SqlType {
  if (types.length === 1) return types[0]!;
  return structType(types.map((type, index) => ({ name: index === 0 ? 'sort_col' : `col${index - 1}`, type })));
}

function topOf(column: Parameter): AggregateOverload {
  return aggregateOverload({
    columns: [column as Parameter<SqlValue>, variadic(ANY)],
    constants: [constant(INTEGER)],
    returns: arrayOf(generic('T')),
    bind: ({ types, constants: [size] }) => {
      const type = arrayType(entryType(types));
      const compare = orderOf(types[0]!);
      const sortValue = (entry: SqlValue): SqlValue =>
        types.length === 1 ? entry : (entry as readonly SqlValue[])[0]!;
      // Stable, so that of equal ones the earlier stands first.
      const top = (entries: readonly SqlValue[]): readonly SqlValue[] =>
        entries.toSorted((left, right) => compare(sortValue(right), sortValue(left))).slice(0, size as number);
      return {
        stateType: type,
        returnType: type,
        initialize: (): readonly SqlValue[] => [],
        aggregate: (entries: readonly SqlValue[], value, ...others) => {
          if (value === null) return entries;
          return top([...entries, others.length === 0 ? value : [value, ...others]]);
        },
        merge: (left, right) => top([...left, ...right]),
        result: (entries) => entries,
      };
    },
  });
}

export const TOPK: AggregateFunction = {
  kind: 'aggregate',
  name: 'TOPK',
  category: 'AGGREGATE',
  description: 'The k greatest values of a column, in descending order; with other columns beside them.',
  overloads: [INTEGER, BIGINT, DOUBLE, STRING].map((column: Parameter) => topOf(column)),
  examples: [
    { types: [SqlTypes.INTEGER], constants: [2], rows: [[1], [3], [null], [2], [3]], result: '[3, 3]' },
    {
      types: [SqlTypes.INTEGER, SqlTypes.STRING],
      constants: [1],
      rows: [
        [1, 'a'],
        [2, 'b'],
      ],
      result: '[Struct{sort_col=2,col0=b}]',
    },
  ],
};
