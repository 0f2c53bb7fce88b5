import type { SimpleColumn } from '../types/schema.ts';
import { avroSchemaText, DEFAULT_FULL_NAME } from './avro/avro-schema-text.ts';
import { isUnwrapped, type SerdeOptions } from './format.ts';
import { formatNamed } from './formats.ts';
import { jsonSchemaText } from './json/json-schema-text.ts';
import { protoText } from './protobuf/proto-text.ts';
import type { SchemaText } from './schema-registry/schema-registry.ts';

/**
 * The schema that records of these columns are written with, as it is registered; null for formats without registered
 * schemas, and where a setting names one that is there already.
 */
export function schemaOfColumns(
  format: string,
  columns: readonly SimpleColumn[],
  { features, properties }: Pick<SerdeOptions, 'features' | 'properties'>,
): SchemaText | null {
  if (columns.length === 0 || properties.schemaId !== undefined) return null;
  const unwrapped = isUnwrapped(formatNamed(format), columns.length, features);
  switch (format) {
    case 'AVRO': {
      const text = avroSchemaText(columns, properties.fullSchemaName ?? DEFAULT_FULL_NAME, unwrapped);
      return { kind: 'AVRO', text, references: [] };
    }
    case 'JSON_SR': {
      const text = jsonSchemaText(columns, { unwrapped, title: properties.fullSchemaName });
      return { kind: 'JSON', text, references: [] };
    }
    case 'PROTOBUF':
      return { kind: 'PROTOBUF', text: protoText(columns, properties), references: [] };
    default:
      return null;
  }
}
