import { MillraceError } from '@millrace/base';
import { printType, type SqlType, type StructField } from '../../types/sql-type.ts';
import type { ProtoField } from './proto-schema.ts';

/** Where the values of a field are: a column's position, and for members of a oneof the position in its struct. */
export type FieldPlace = { readonly position: number; readonly member: number | null; readonly type: SqlType };

/** The place of a field among columns, by its exact name, else without case; null where no column asks for it. */
export function placeOf(field: ProtoField, columns: readonly StructField[]): FieldPlace | null {
  if (field.oneof === null) return memberOf(field.name, columns);
  const outer = memberOf(`${field.oneof}_0`, columns);
  if (outer?.type.kind !== 'STRUCT') return null;
  const inner = memberOf(field.name, outer.type.fields);
  return inner === null ? null : { position: outer.position, member: inner.position, type: inner.type };
}

function memberOf(name: string, columns: readonly StructField[]): FieldPlace | null {
  let position = columns.findIndex((column) => column.name === name);
  if (position < 0) position = columns.findIndex((column) => column.name === name.toUpperCase());
  return position < 0 ? null : { position, member: null, type: columns[position]!.type };
}

/** The columns that the entries of a map are. */
export const entryColumns = (type: SqlType & { readonly kind: 'MAP' }): readonly StructField[] => [
  { name: 'KEY', type: type.key },
  { name: 'VALUE', type: type.value },
];

export function incompatible(field: { readonly kind: string }, type: SqlType): never {
  throw new MillraceError('INCOMPATIBLE_SCHEMA', `A field of type ${field.kind} can not hold ${printType(type)}`);
}
