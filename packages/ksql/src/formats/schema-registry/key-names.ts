import type { SimpleColumn } from '../../types/schema.ts';
import type { SerdeOptions } from '../format.ts';

/**
 * Columns by the names of a schema's fields. A statement may choose the schema of its keys and call their columns what it
 * likes (joins give them names of their own), so that such keys go by position where the names differ.
 */
export function namedAsIn(
  names: readonly string[],
  columns: readonly SimpleColumn[],
  { isKey, properties }: Pick<SerdeOptions, 'isKey' | 'properties'>,
): readonly SimpleColumn[] {
  if (!isKey || properties.schemaId === undefined) return columns;
  const isKnown = ({ name }: SimpleColumn): boolean =>
    names.some((each) => each === name || each.toUpperCase() === name);
  if (columns.every(isKnown)) return columns;
  return columns.map((column, position) => ({ ...column, name: names[position] ?? column.name }));
}
