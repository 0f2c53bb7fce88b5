import { orderOf } from '../../types/compare.ts';
import type { SqlType } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { boundOverload, type ScalarFunction } from '../function.ts';
import { arrayOf, generic, STRING } from '../parameter.ts';
import { elementType } from '../support/array-sets.ts';

const LIST = arrayOf(generic('T'));
const DIRECTIONS: Readonly<Record<string, 1 | -1>> = { ASC: 1, ASCENDING: 1, DESC: -1, DESCENDING: -1 };

type Sort = (list: readonly SqlValue[], direction: 1 | -1) => readonly SqlValue[];

/** Nulls stand at the end in both directions. */
function sorterOf(type: SqlType | undefined): Sort {
  const compare = orderOf(elementType(type));
  return (list, direction) =>
    list.toSorted((left, right) => {
      if (left === null || right === null) return Number(left === null) - Number(right === null);
      return compare(left, right) * direction;
    });
}

export const ARRAY_SORT: ScalarFunction = {
  kind: 'scalar',
  name: 'array_sort',
  category: 'ARRAY',
  description: "The array in order, or with 'DESC' in reverse order; nulls last.",
  overloads: [
    boundOverload({
      parameters: [LIST],
      returns: LIST,
      bind: ([type]) => {
        const sort = sorterOf(type);
        return (list) => sort(list, 1);
      },
    }),
    boundOverload({
      parameters: [LIST, STRING],
      returns: LIST,
      bind: ([type]) => {
        const sort = sorterOf(type);
        return (list, direction) => {
          const sign = DIRECTIONS[direction.toUpperCase()];
          return sign === undefined ? null : sort(list, sign);
        };
      },
    }),
  ],
  examples: [
    { call: 'ARRAY_SORT(ARRAY[3, NULL, 1])', result: '[1, 3, null]' },
    { call: "ARRAY_SORT(ARRAY[3, NULL, 1, 5], 'DESC')", result: '[5, 3, 1, null]' },
  ],
};
