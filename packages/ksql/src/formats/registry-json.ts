import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../types/schema.ts';
import type { Row } from '../types/values.ts';
import { AvroCursor } from './avro/avro-cursor.ts';
import { readAvroAsJson, writeJsonAsAvro } from './avro/avro-json.ts';
import { AvroOutput } from './avro/avro-output.ts';
import { type AvroSchema, parseAvroSchema } from './avro/avro-schema.ts';
import type { SerdeFeature } from './format.ts';
import { type ExactJson, parseExactJson, stringifyExactJson } from './json/exact-json.ts';
import { JSON_FORMAT } from './json/json-format.ts';
import { messageIndexOf, readMessageIndex, writeMessageIndex } from './protobuf/message-index.ts';
import { parseProto } from './protobuf/parse-proto.ts';
import { messageReaderOf } from './protobuf/proto-reader.ts';
import type { ProtoMessage } from './protobuf/proto-schema.ts';
import { structOfMessage } from './protobuf/proto-types.ts';
import { ProtoCursor, ProtoOutput } from './protobuf/proto-wire.ts';
import { messageWriterOf } from './protobuf/proto-writer.ts';
import { resolvedReferences } from './schema-registry/references.ts';
import type { RegisteredSchema, SchemaRegistry } from './schema-registry/schema-registry.ts';
import { HEADER_BYTES, readSchemaId, writeSchemaId } from './schema-registry/wire-header.ts';

/** Records behind a schema id as JSON and back, for PRINT and for tools whose records are JSON. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export type RecordTarget = {
  readonly subject: string;
  readonly registry: SchemaRegistry;
  /** Which message of a .proto text; the first without it. */
  readonly fullName?: string | undefined;
};

/** @throws MillraceError `UNKNOWN_SCHEMA`, `INVALID_VALUE` */
export function jsonToRecord(json: ExactJson, { subject, registry, fullName }: RecordTarget): Uint8Array {
  const schema = registry.latest(subject);
  if (schema === undefined) {
    throw new MillraceError('UNKNOWN_SCHEMA', `There is no schema registered under ${subject}`);
  }
  const bytes = encode(json, { schema, registry, fullName });
  writeSchemaId(bytes, schema.id);
  return bytes;
}

type Target = {
  readonly schema: RegisteredSchema;
  readonly registry: SchemaRegistry;
  readonly fullName: string | undefined;
};

function encode(json: ExactJson, { schema, registry, fullName }: Target): Uint8Array {
  switch (schema.kind) {
    case 'AVRO': {
      const output = new AvroOutput();
      output.skip(HEADER_BYTES);
      writeJsonAsAvro(avroSchemaOf(schema, registry), json, output);
      return output.finish();
    }
    case 'JSON': {
      const text = encoder.encode(stringifyExactJson(json));
      const bytes = new Uint8Array(HEADER_BYTES + text.length);
      bytes.set(text, HEADER_BYTES);
      return bytes;
    }
    case 'PROTOBUF':
      return protoFromJson(json, { schema, registry, fullName });
  }
}

/** @throws MillraceError `UNKNOWN_SCHEMA`; Error for bytes that are none of the schema */
export function recordToJson(bytes: Uint8Array, registry: SchemaRegistry): ExactJson {
  const id = readSchemaId(bytes);
  const schema = registry.schemaById(id);
  if (schema === undefined) throw new MillraceError('UNKNOWN_SCHEMA', `Schema with id ${id} is not in the registry`);
  switch (schema.kind) {
    case 'AVRO':
      return readAvroAsJson(avroSchemaOf(schema, registry), new AvroCursor(bytes, HEADER_BYTES));
    case 'JSON':
      return parseExactJson(decoder.decode(bytes.subarray(HEADER_BYTES)));
    case 'PROTOBUF':
      return protoAsJson(bytes, schema, registry);
  }
}

function avroSchemaOf(schema: RegisteredSchema, registry: SchemaRegistry): AvroSchema {
  return parseAvroSchema(schema.text, resolvedReferences(schema, registry));
}

/** Messages by way of SQL values, whose JSON is the same as theirs. */
function protoFromJson(json: ExactJson, { schema, registry, fullName }: Target): Uint8Array {
  const messages = parseProto(schema.text, resolvedReferences(schema, registry));
  const index = messageIndexOf(messages, fullName);
  const columns = columnsOf(messages[index]!);
  const output = new ProtoOutput();
  output.raw(new Uint8Array(HEADER_BYTES));
  writeMessageIndex(index, output);
  const values = rowFromJson(json, columns);
  messageWriterOf(messages[index]!, columns)(values, output);
  return output.finish();
}

function protoAsJson(bytes: Uint8Array, schema: RegisteredSchema, registry: SchemaRegistry): ExactJson {
  const messages = parseProto(schema.text, resolvedReferences(schema, registry));
  const cursor = new ProtoCursor(bytes, HEADER_BYTES);
  const message = messages[readMessageIndex(cursor)[0]!];
  if (message === undefined) throw new MillraceError('UNKNOWN_SCHEMA', 'The .proto text has no such message');
  const columns = columnsOf(message);
  return rowAsJson(messageReaderOf(message, columns)(bytes.subarray(cursor.at)), columns);
}

function columnsOf(message: ProtoMessage): readonly SimpleColumn[] {
  const type = structOfMessage(message, 'exact');
  return type.kind === 'STRUCT' ? type.fields : [];
}

const JSON_OPTIONS = { isKey: false, properties: {}, features: new Set<SerdeFeature>(['WRAP_SINGLES']) };

/** An object as the values of columns, by the rules of the JSON format. @throws DeserializationError */
export function rowFromJson(json: ExactJson, columns: readonly SimpleColumn[]): Row {
  const bytes = encoder.encode(stringifyExactJson(json));
  return JSON_FORMAT.createSerde(columns, JSON_OPTIONS).deserialize(bytes, '') ?? [];
}

/** The values of columns as an object. */
export function rowAsJson(row: Row, columns: readonly SimpleColumn[]): ExactJson {
  const bytes = JSON_FORMAT.createSerde(columns, JSON_OPTIONS).serialize(row, '');
  return bytes === null ? null : parseExactJson(decoder.decode(bytes));
}
