import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../../types/schema.ts';
import { type SqlType, structType } from '../../types/sql-type.ts';
import { type ColumnsSerde, type Format, isUnwrapped, type SerdeOptions } from '../format.ts';
import { namedAsIn } from '../schema-registry/key-names.ts';
import { resolvedReferences } from '../schema-registry/references.ts';
import { registrySerde } from '../schema-registry/registry-serde.ts';
import type { SchemaRegistry } from '../schema-registry/schema-registry.ts';
import { HEADER_BYTES } from '../schema-registry/wire-header.ts';
import { AvroCursor } from './avro-cursor.ts';
import { AvroOutput } from './avro-output.ts';
import { avroReaderOf } from './avro-reader.ts';
import { type AvroSchema, parseAvroSchema } from './avro-schema.ts';
import { avroSchemaText, checkNames, DEFAULT_FULL_NAME } from './avro-schema-text.ts';
import { avroWriterOf } from './avro-writer.ts';

/**
 * Rows as Avro records, or a single column as an Avro value, behind the id of their schema. The schema is made of the columns
 * and registered under the topic, unless the setting `schemaId` names one that is there.
 */
export const AVRO_FORMAT: Format = {
  name: 'AVRO',
  features: new Set(['WRAP_SINGLES', 'UNWRAP_SINGLES', 'SCHEMA_INFERENCE']),
  properties: new Set(['fullSchemaName', 'schemaId']),
  checkColumns: checkNames,
  createSerde(columns, options) {
    checkNames(columns);
    const { registry } = options;
    if (registry === undefined) {
      throw new MillraceError('SCHEMA_REGISTRY_MISSING', 'The AVRO format needs a schema registry, and there is none');
    }
    return avroSerde(columns, { ...options, registry });
  },
};

function avroSerde(
  columns: readonly SimpleColumn[],
  options: SerdeOptions & { readonly registry: SchemaRegistry },
): ColumnsSerde {
  const { registry, properties, isKey } = options;
  const unwrapped = isUnwrapped(AVRO_FORMAT, columns.length, options.features);
  const typeIn = (avro: AvroSchema): SqlType => {
    if (unwrapped) return columns[0]!.type;
    const names = avro.kind === 'record' ? avro.fields.map(({ name }) => name) : [];
    return structType(namedAsIn(names, columns, options));
  };
  return registrySerde(
    {
      schema() {
        const text = avroSchemaText(columns, properties.fullSchemaName ?? DEFAULT_FULL_NAME, unwrapped);
        return { kind: 'AVRO', text, references: [] };
      },
      readerOf(schema) {
        const avro = parseAvroSchema(schema.text, resolvedReferences(schema, registry));
        const read = avroReaderOf(avro, typeIn(avro));
        return (bytes) => read(new AvroCursor(bytes, HEADER_BYTES));
      },
      writerOf(schema) {
        const avro = parseAvroSchema(schema.text, resolvedReferences(schema, registry));
        const write = avroWriterOf(avro, typeIn(avro));
        return (value) => {
          const output = new AvroOutput();
          output.skip(HEADER_BYTES);
          write(value, output);
          return output.finish();
        };
      },
    },
    { registry, unwrapped, isKey, properties },
  );
}
