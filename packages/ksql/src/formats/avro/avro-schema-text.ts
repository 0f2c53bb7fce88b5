import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../../types/schema.ts';
import type { MapType, SqlType, StructField } from '../../types/sql-type.ts';

/** Schemas as ksqlDB registers them: every field may be null, names grow from the outer one. */

type Json = string | readonly Json[] | { readonly [name: string]: Json | number | null };

const NAMESPACE = 'io.confluent.ksql.avro_schemas';
export const DEFAULT_FULL_NAME: string = `${NAMESPACE}.KsqlDataSourceSchema`;

const FIRST = /^[A-Za-z_]/;
const WHOLE = /^[A-Za-z0-9_]+$/;

/** @throws MillraceError `FORMAT_UNSUPPORTED` for names that Avro does not have */
export function checkNames(fields: readonly StructField[]): void {
  for (const { name, type } of fields) {
    if (!FIRST.test(name)) throw illegal(`Illegal initial character: ${name}`);
    if (!WHOLE.test(name)) throw illegal(`Illegal character in: ${name}`);
    for (const struct of structsIn(type)) checkNames(struct);
  }
}

const illegal = (reason: string): MillraceError =>
  new MillraceError('FORMAT_UNSUPPORTED', `Schema is not compatible with Avro: ${reason}`);

function structsIn(type: SqlType): readonly (readonly StructField[])[] {
  switch (type.kind) {
    case 'STRUCT':
      return [type.fields];
    case 'ARRAY':
      return structsIn(type.element);
    case 'MAP':
      return [...structsIn(type.key), ...structsIn(type.value)];
    default:
      return [];
  }
}

/** The schema of a record of columns, or of a single column that stands bare. */
export function avroSchemaText(columns: readonly SimpleColumn[], fullName: string, unwrapped: boolean): string {
  const schema = unwrapped
    ? typeSchema(columns[0]!.type, { fullName, isNested: false })
    : recordSchema(columns, { fullName, isNested: false });
  return JSON.stringify(schema);
}

/** What a type's records are called; those inside of others share their namespace and do not say it again. */
type Place = { readonly fullName: string; readonly isNested: boolean };

const inside = ({ fullName }: Place, name: string): Place => ({ fullName: `${fullName}_${name}`, isNested: true });

function recordHead({ fullName, isNested }: Place): { readonly [name: string]: Json } {
  const dot = fullName.lastIndexOf('.');
  const name = { type: 'record', name: fullName.slice(dot + 1) };
  return dot < 0 || isNested ? name : { ...name, namespace: fullName.slice(0, dot) };
}

function recordSchema(fields: readonly StructField[], place: Place): Json {
  return {
    ...recordHead(place),
    fields: fields.map((field) => ({
      name: field.name,
      type: nullable(typeSchema(field.type, inside(place, field.name))),
      default: null,
    })) as unknown as Json,
    'connect.name': place.fullName,
  };
}

const nullable = (schema: Json): Json => ['null', schema];

function typeSchema(type: SqlType, place: Place): Json {
  switch (type.kind) {
    case 'BOOLEAN':
      return 'boolean';
    case 'INTEGER':
      return 'int';
    case 'BIGINT':
      return 'long';
    case 'DOUBLE':
      return 'double';
    case 'STRING':
      return 'string';
    case 'BYTES':
      return 'bytes';
    case 'TIME':
      return logical('int', 'Time', 'time-millis');
    case 'DATE':
      return logical('int', 'Date', 'date');
    case 'TIMESTAMP':
      return logical('long', 'Timestamp', 'timestamp-millis');
    case 'DECIMAL':
      return {
        type: 'bytes',
        scale: type.scale,
        precision: type.precision,
        'connect.version': 1,
        'connect.parameters': { scale: String(type.scale), 'connect.decimal.precision': String(type.precision) },
        'connect.name': 'org.apache.kafka.connect.data.Decimal',
        logicalType: 'decimal',
      };
    case 'ARRAY':
      return { type: 'array', items: nullable(typeSchema(type.element, place)) };
    case 'MAP':
      return { type: 'array', items: entrySchema(type, place), 'connect.name': place.fullName };
    case 'STRUCT':
      return recordSchema(type.fields, place);
  }
}

/** Keys may be null in ksqlDB, which Avro's own maps can't have: a map is an array of entries. */
function entrySchema({ key, value }: MapType, place: Place): Json {
  return {
    ...recordHead(place),
    fields: [
      { name: 'key', type: nullable(typeSchema(key, inside(place, 'MapKey'))), default: null },
      { name: 'value', type: nullable(typeSchema(value, inside(place, 'MapValue'))), default: null },
    ] as unknown as Json,
    'connect.internal.type': 'MapEntry',
  };
}

function logical(type: string, connect: string, logicalType: string): Json {
  return {
    type,
    'connect.version': 1,
    'connect.name': `org.apache.kafka.connect.data.${connect}`,
    logicalType,
  };
}
