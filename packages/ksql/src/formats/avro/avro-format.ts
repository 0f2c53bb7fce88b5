import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../../types/schema.ts';
import { type SqlType, structType } from '../../types/sql-type.ts';
import type { Row, SqlValue } from '../../types/values.ts';
import {
  type ColumnsSerde,
  DeserializationError,
  type Format,
  isUnwrapped,
  type SerdeOptions,
  SerializationError,
} from '../format.ts';
import { resolvedReferences } from '../schema-registry/references.ts';
import { type SchemaRegistry, subjectOf } from '../schema-registry/schema-registry.ts';
import { HEADER_BYTES, readSchemaId, writeSchemaId } from '../schema-registry/wire-header.ts';
import { AvroCursor } from './avro-cursor.ts';
import { AvroOutput } from './avro-output.ts';
import { type AvroReader, avroReaderOf } from './avro-reader.ts';
import { type AvroSchema, parseAvroSchema } from './avro-schema.ts';
import { avroSchemaText, checkNames, DEFAULT_FULL_NAME } from './avro-schema-text.ts';
import { type AvroWriter, avroWriterOf } from './avro-writer.ts';

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

type AvroOptions = SerdeOptions & { readonly registry: SchemaRegistry };

function avroSerde(columns: readonly SimpleColumn[], options: AvroOptions): ColumnsSerde {
  const unwrapped = isUnwrapped(AVRO_FORMAT, columns.length, options.features);
  const type: SqlType = unwrapped ? columns[0]!.type : structType(columns);
  const readers = new Map<number, AvroReader>();
  const writers = new Map<string, { readonly id: number; readonly write: AvroWriter }>();

  const readerOf = (id: number): AvroReader => {
    let reader = readers.get(id);
    if (reader === undefined) {
      reader = avroReaderOf(schemaOf(id, options.registry), type);
      readers.set(id, reader);
    }
    return reader;
  };
  const writerOf = (topic: string): { readonly id: number; readonly write: AvroWriter } => {
    let writer = writers.get(topic);
    if (writer === undefined) {
      const id = idFor(topic, columns, { ...options, unwrapped });
      writer = { id, write: avroWriterOf(schemaOf(id, options.registry), type) };
      writers.set(topic, writer);
    }
    return writer;
  };
  return {
    serialize: (row, topic) => serialize(row, topic, { unwrapped, writerOf }),
    deserialize: (bytes, topic) => deserialize(bytes, topic, { unwrapped, readerOf, isKey: options.isKey }),
  };
}

function schemaOf(id: number, registry: SchemaRegistry): AvroSchema {
  const schema = registry.schemaById(id);
  if (schema === undefined) throw new MillraceError('UNKNOWN_SCHEMA', `Schema with id ${id} is not in the registry`);
  return parseAvroSchema(schema.text, resolvedReferences(schema, registry));
}

function idFor(
  topic: string,
  columns: readonly SimpleColumn[],
  { properties, registry, isKey, unwrapped }: AvroOptions & { readonly unwrapped: boolean },
): number {
  if (properties.schemaId !== undefined) return Number(properties.schemaId);
  const text = avroSchemaText(columns, properties.fullSchemaName ?? DEFAULT_FULL_NAME, unwrapped);
  return registry.register(subjectOf(topic, isKey), { kind: 'AVRO', text, references: [] });
}

type Writing = {
  readonly unwrapped: boolean;
  writerOf(topic: string): { readonly id: number; readonly write: AvroWriter };
};

function serialize(row: Row | null, topic: string, { unwrapped, writerOf }: Writing): Uint8Array | null {
  const value: SqlValue = unwrapped ? (row?.[0] ?? null) : row;
  if (value === null) return null;
  try {
    const { id, write } = writerOf(topic);
    const output = new AvroOutput();
    output.skip(HEADER_BYTES);
    write(value, output);
    const bytes = output.finish();
    writeSchemaId(bytes, id);
    return bytes;
  } catch (cause) {
    throw new SerializationError(`Error serializing message to topic: ${topic}. ${(cause as Error).message}`, {
      topic,
      cause,
    });
  }
}

type Reading = { readonly unwrapped: boolean; readonly isKey: boolean; readerOf(id: number): AvroReader };

function deserialize(bytes: Uint8Array | null, topic: string, reading: Reading): SqlValue[] | null {
  if (bytes === null) return null;
  try {
    const read = reading.readerOf(readSchemaId(bytes));
    const value = read(new AvroCursor(bytes, HEADER_BYTES));
    if (value === null) return null;
    return reading.unwrapped ? [value] : (value as SqlValue[]);
  } catch (cause) {
    const part = reading.isKey ? 'key' : 'value';
    throw new DeserializationError(`Failed to deserialize ${part} from topic: ${topic}. ${(cause as Error).message}`, {
      topic,
      cause,
    });
  }
}
