import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlType } from '../../types/sql-type.ts';

/** JSON Schemas as ksqlDB registers them: `connect.…` attributes say what JSON's own types leave open. */

type Json = { readonly [name: string]: unknown };

export type JsonSchemaOptions = { readonly unwrapped: boolean; readonly title: string | undefined };

export function jsonSchemaText(columns: readonly SimpleColumn[], { unwrapped, title }: JsonSchemaOptions): string {
  const schema = unwrapped ? nullable(typeSchema(columns[0]!.type)) : objectSchema(columns);
  return JSON.stringify(title === undefined ? schema : { ...schema, title });
}

const nullable = (schema: Json): Json => ({ oneOf: [{ type: 'null' }, schema] });

function objectSchema(fields: readonly SimpleColumn[]): Json {
  const properties = fields.map(({ name, type }, index) => [
    name,
    { 'connect.index': index, ...nullable(typeSchema(type)) },
  ]);
  return { type: 'object', properties: Object.fromEntries(properties) };
}

function typeSchema(type: SqlType): Json {
  switch (type.kind) {
    case 'BOOLEAN':
      return { type: 'boolean' };
    case 'INTEGER':
      return { type: 'integer', 'connect.type': 'int32' };
    case 'BIGINT':
      return { type: 'integer', 'connect.type': 'int64' };
    case 'DOUBLE':
      return { type: 'number', 'connect.type': 'float64' };
    case 'STRING':
      return { type: 'string' };
    case 'BYTES':
      return { type: 'string', 'connect.type': 'bytes' };
    case 'TIME':
      return logical('integer', 'int32', 'Time');
    case 'DATE':
      return logical('integer', 'int32', 'Date');
    case 'TIMESTAMP':
      return logical('integer', 'int64', 'Timestamp');
    case 'DECIMAL':
      return {
        ...logical('number', 'bytes', 'Decimal'),
        'connect.parameters': { scale: String(type.scale), 'connect.decimal.precision': String(type.precision) },
      };
    case 'ARRAY':
      return { type: 'array', items: nullable(typeSchema(type.element)) };
    case 'MAP':
      return { type: 'object', 'connect.type': 'map', additionalProperties: nullable(typeSchema(type.value)) };
    case 'STRUCT':
      return objectSchema(type.fields);
  }
}

function logical(type: string, connectType: string, name: string): Json {
  return {
    type,
    title: `org.apache.kafka.connect.data.${name}`,
    'connect.version': 1,
    'connect.type': connectType,
  };
}
