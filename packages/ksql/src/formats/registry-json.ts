import { MillraceError } from '@millrace/base';
import { AvroCursor } from './avro/avro-cursor.ts';
import { readAvroAsJson, writeJsonAsAvro } from './avro/avro-json.ts';
import { AvroOutput } from './avro/avro-output.ts';
import { type AvroSchema, parseAvroSchema } from './avro/avro-schema.ts';
import { type ExactJson, parseExactJson, stringifyExactJson } from './json/exact-json.ts';
import { resolvedReferences } from './schema-registry/references.ts';
import type { RegisteredSchema, SchemaRegistry } from './schema-registry/schema-registry.ts';
import { HEADER_BYTES, readSchemaId, writeSchemaId } from './schema-registry/wire-header.ts';

/** Records behind a schema id as JSON and back, for PRINT and for tools whose records are JSON. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** @throws MillraceError `UNKNOWN_SCHEMA`, `INVALID_VALUE` */
export function jsonToRecord(json: ExactJson, subject: string, registry: SchemaRegistry): Uint8Array {
  const schema = registry.latest(subject);
  if (schema === undefined) {
    throw new MillraceError('UNKNOWN_SCHEMA', `There is no schema registered under ${subject}`);
  }
  const bytes = encode(json, schema, registry);
  writeSchemaId(bytes, schema.id);
  return bytes;
}

function encode(json: ExactJson, schema: RegisteredSchema, registry: SchemaRegistry): Uint8Array {
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
      throw new MillraceError('FORMAT_NOT_AVAILABLE', "The 'PROTOBUF' format is not available in this version");
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
      throw new MillraceError('FORMAT_NOT_AVAILABLE', "The 'PROTOBUF' format is not available in this version");
  }
}

function avroSchemaOf(schema: RegisteredSchema, registry: SchemaRegistry): AvroSchema {
  return parseAvroSchema(schema.text, resolvedReferences(schema, registry));
}
