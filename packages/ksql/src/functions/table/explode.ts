import type { SqlType } from '../../types/sql-type.ts';
import { type TableFunction, tableOverload } from '../function.ts';
import { arrayOf, DECIMAL, generic } from '../parameter.ts';

const elementOf = (types: readonly SqlType[]): SqlType => (types[0]?.kind === 'ARRAY' ? types[0].element : types[0]!);

export const EXPLODE: TableFunction = {
  kind: 'table',
  name: 'EXPLODE',
  category: 'TABLE',
  description: 'A row for each element of an array; none for an array that is null or empty.',
  overloads: [
    tableOverload({ parameters: [arrayOf(generic('T'))], returns: generic('T'), evaluate: (list) => list ?? [] }),
    tableOverload({
      parameters: [arrayOf(DECIMAL)],
      returns: DECIMAL,
      returnType: elementOf,
      evaluate: (list) => list ?? [],
    }),
  ],
};
