import type { SqlValue } from '../../types/values.ts';
import { type TableFunction, tableOverload } from '../function.ts';
import { arrayOf, generic } from '../parameter.ts';

const LIST = arrayOf(generic('T'));
const COLUMNS_MAX = 16;

/** Every combination of the elements and null in their places; an element that is null has only one choice. */
function combinations(list: readonly SqlValue[]): readonly (readonly SqlValue[])[] {
  if (list.length > COLUMNS_MAX) throw new RangeError(`CUBE_EXPLODE takes at most ${COLUMNS_MAX} columns`);
  return list.reduce<readonly (readonly SqlValue[])[]>(
    (rows, value) =>
      rows.flatMap((row) =>
        value === null
          ? [[...row, null]]
          : [
              [...row, null],
              [...row, value],
            ],
      ),
    [[]],
  );
}

export const CUBE_EXPLODE: TableFunction = {
  kind: 'table',
  name: 'CUBE_EXPLODE',
  category: 'TABLE',
  description: 'A row for each way of replacing elements of an array by null.',
  overloads: [
    tableOverload({ parameters: [LIST], returns: LIST, evaluate: (list) => (list === null ? [] : combinations(list)) }),
  ],
};
