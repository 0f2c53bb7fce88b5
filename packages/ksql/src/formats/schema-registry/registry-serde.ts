import { MillraceError } from '@millrace/base';
import type { Row, SqlValue } from '../../types/values.ts';
import { type ColumnsSerde, DeserializationError, type SerdeOptions, SerializationError } from '../format.ts';
import { type RegisteredSchema, type SchemaRegistry, type SchemaText, subjectOf } from './schema-registry.ts';
import { readSchemaId, writeSchemaId } from './wire-header.ts';

/** What a binary format brings to a serde whose schemas are registered. */
export type RegistryCodec = {
  /** The schema of the columns, which is registered unless the setting `schemaId` names another. */
  schema(): SchemaText;
  /** Compiles the reader of records with a schema; it is given the whole record. */
  readerOf(schema: RegisteredSchema): (bytes: Uint8Array) => SqlValue;
  /** Compiles the writer by a schema; it leaves room for the header. */
  writerOf(schema: RegisteredSchema): (value: SqlValue) => Uint8Array;
};

type Side = Pick<SerdeOptions, 'isKey' | 'properties'> & {
  readonly registry: SchemaRegistry;
  readonly unwrapped: boolean;
};

type Writer = { readonly id: number; readonly write: (value: SqlValue) => Uint8Array };

/** Rows behind the ids of their schemas. Readers are compiled once for a schema, writers once for a topic. */
export function registrySerde(codec: RegistryCodec, { registry, unwrapped, isKey, properties }: Side): ColumnsSerde {
  const readers = new Map<number, (bytes: Uint8Array) => SqlValue>();
  const writers = new Map<string, Writer>();

  const schemaOf = (id: number): RegisteredSchema => {
    const schema = registry.schemaById(id);
    if (schema === undefined) throw new MillraceError('UNKNOWN_SCHEMA', `Schema with id ${id} is not in the registry`);
    return schema;
  };
  const read = (bytes: Uint8Array): SqlValue => {
    const id = readSchemaId(bytes);
    let reader = readers.get(id);
    if (reader === undefined) {
      reader = codec.readerOf(schemaOf(id));
      readers.set(id, reader);
    }
    return reader(bytes);
  };
  const writerFor = (topic: string): Writer => {
    let writer = writers.get(topic);
    if (writer === undefined) {
      const { schemaId } = properties;
      const id = schemaId === undefined ? registry.register(subjectOf(topic, isKey), codec.schema()) : Number(schemaId);
      writer = { id, write: codec.writerOf(schemaOf(id)) };
      writers.set(topic, writer);
    }
    return writer;
  };
  return {
    serialize(row: Row | null, topic) {
      const value: SqlValue = unwrapped ? (row?.[0] ?? null) : row;
      if (value === null) return null;
      return reportingWrites(topic, () => {
        const { id, write } = writerFor(topic);
        const bytes = write(value);
        writeSchemaId(bytes, id);
        return bytes;
      });
    },
    deserialize(bytes, topic) {
      if (bytes === null) return null;
      const value = reportingReads(topic, isKey, () => read(bytes));
      if (value === null) return null;
      return unwrapped ? [value] : (value as SqlValue[]);
    },
  };
}

export function reportingWrites<Result>(topic: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    const message = `Error serializing message to topic: ${topic}. ${(cause as Error).message}`;
    throw new SerializationError(message, { topic, cause });
  }
}

export function reportingReads<Result>(topic: string, isKey: boolean, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    const part = isKey ? 'key' : 'value';
    const message = `Failed to deserialize ${part} from topic: ${topic}. ${(cause as Error).message}`;
    throw new DeserializationError(message, { topic, cause });
  }
}
