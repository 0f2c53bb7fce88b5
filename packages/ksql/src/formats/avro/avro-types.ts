import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../../types/schema.ts';
import { arrayType, decimalType, mapType, type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import type { AvroPrimitive, AvroSchema } from './avro-schema.ts';

/** How names of fields become names of columns: in upper case, or as they are (schemas chosen by id). */
export type NameFolding = 'upper' | 'exact';

/** The name of a branch of a union that becomes a struct's field. */
export function branchName(schema: AvroSchema): string {
  if (schema.kind === 'record' || schema.kind === 'enum' || schema.kind === 'fixed') {
    return schema.name.slice(schema.name.lastIndexOf('.') + 1);
  }
  return schema.kind;
}

/** The SQL type of a primitive schema. */
export function primitiveType(schema: AvroPrimitive): SqlType {
  if (schema.decimal !== null) return decimalType(schema.decimal.precision, schema.decimal.scale);
  switch (schema.kind) {
    case 'boolean':
      return SqlTypes.BOOLEAN;
    case 'int':
      if (schema.logicalType === 'date') return SqlTypes.DATE;
      return schema.logicalType === 'time-millis' ? SqlTypes.TIME : SqlTypes.INTEGER;
    case 'long':
      return schema.logicalType === 'timestamp-millis' ? SqlTypes.TIMESTAMP : SqlTypes.BIGINT;
    case 'float':
    case 'double':
      return SqlTypes.DOUBLE;
    case 'bytes':
      return SqlTypes.BYTES;
    default:
      return SqlTypes.STRING;
  }
}

/** Bounds the nesting of inferred types, which recursive records would make endless. */
const NESTING_MAX = 50;

/** The SQL type that holds the values of a schema. @throws MillraceError `UNSUPPORTED_SCHEMA` */
export function sqlTypeOf(schema: AvroSchema, names: NameFolding, depth = 0): SqlType {
  if (depth > NESTING_MAX) throw new MillraceError('UNSUPPORTED_SCHEMA', 'The schema contains itself');
  const inner = (each: AvroSchema): SqlType => sqlTypeOf(each, names, depth + 1);
  const fold = (name: string): string => (names === 'upper' ? name.toUpperCase() : name);
  switch (schema.kind) {
    case 'record':
      return structType(schema.fields.map((field) => ({ name: fold(field.name), type: inner(field.schema) })));
    case 'enum':
      return SqlTypes.STRING;
    case 'fixed':
      return schema.decimal === null ? SqlTypes.BYTES : decimalType(schema.decimal.precision, schema.decimal.scale);
    case 'array': {
      const { items } = schema;
      if (items.kind !== 'record' || !items.isMapEntry) return arrayType(inner(items));
      // Whatever the keys are in the topic, columns that come from a schema have texts.
      return mapType(SqlTypes.STRING, inner(items.fields.find((field) => field.name === 'value')!.schema));
    }
    case 'map':
      return mapType(SqlTypes.STRING, inner(schema.values));
    case 'union': {
      const others = schema.branches.filter((branch) => branch.kind !== 'null');
      if (others.length === 1) return inner(others[0]!);
      return structType(others.map((branch) => ({ name: fold(branchName(branch)), type: inner(branch) })));
    }
    default:
      return primitiveType(schema);
  }
}

/** The columns of a schema: those of its record, or one by the name `unwrapped`. */
export function columnsOf(schema: AvroSchema, names: NameFolding, unwrapped: string | null): readonly SimpleColumn[] {
  const type = sqlTypeOf(schema, names);
  if (unwrapped !== null) return [{ name: unwrapped, type }];
  if (type.kind !== 'STRUCT') {
    throw new MillraceError('UNSUPPORTED_SCHEMA', 'The schema is no record, and the column is to be in one');
  }
  return type.fields;
}
