import type { SqlType } from '../types/sql-type.ts';

/** A SQL type as ksqlDB's descriptions have it. */
export type TypeInfo = {
  readonly type: SqlType['kind'];
  /** The fields of a STRUCT. */
  readonly fields: readonly { readonly name: string; readonly schema: TypeInfo }[] | null;
  /** Of the elements of an ARRAY and of the values of a MAP. */
  readonly memberSchema: TypeInfo | null;
  /** Precision and scale of a DECIMAL. */
  readonly parameters?: Readonly<Record<string, number>>;
};

export function sqlTypeInfo(type: SqlType): TypeInfo {
  const plain = { type: type.kind, fields: null, memberSchema: null };
  switch (type.kind) {
    case 'DECIMAL':
      return { ...plain, parameters: { precision: type.precision, scale: type.scale } };
    case 'ARRAY':
      return { ...plain, memberSchema: sqlTypeInfo(type.element) };
    case 'MAP':
      return { ...plain, memberSchema: sqlTypeInfo(type.value) };
    case 'STRUCT':
      return { ...plain, fields: type.fields.map((field) => ({ name: field.name, schema: sqlTypeInfo(field.type) })) };
    default:
      return plain;
  }
}
