import { MillraceError } from '@millrace/base';
import {
  type ColumnsSerde,
  DeserializationError,
  type Format,
  isUnwrapped,
  refuseNonStringMapKeys,
} from '../format.ts';
import { subjectOf } from '../schema-registry/schema-registry.ts';
import { HEADER_BYTES, readSchemaId, writeSchemaId } from '../schema-registry/wire-header.ts';
import { JSON_FORMAT } from './json-format.ts';
import { jsonSchemaText } from './json-schema-text.ts';

/** The JSON format behind the id of a JSON Schema, which is made of the columns and registered under the topic. */
export const JSON_SR_FORMAT: Format = {
  name: 'JSON_SR',
  features: new Set(['WRAP_SINGLES', 'UNWRAP_SINGLES', 'SCHEMA_INFERENCE']),
  properties: new Set(['fullSchemaName', 'schemaId']),
  checkColumns: (columns) => refuseNonStringMapKeys('JSON', columns),
  createSerde(columns, options): ColumnsSerde {
    const { registry, properties, isKey } = options;
    if (registry === undefined) {
      throw new MillraceError(
        'SCHEMA_REGISTRY_MISSING',
        'The JSON_SR format needs a schema registry, and there is none',
      );
    }
    const inner = JSON_FORMAT.createSerde(columns, options);
    const unwrapped = isUnwrapped(JSON_SR_FORMAT, columns.length, options.features);
    const ids = new Map<string, number>();
    const idFor = (topic: string): number => {
      let id = properties.schemaId === undefined ? ids.get(topic) : Number(properties.schemaId);
      if (id === undefined) {
        const text = jsonSchemaText(columns, { unwrapped, title: properties.fullSchemaName });
        id = registry.register(subjectOf(topic, isKey), { kind: 'JSON', text, references: [] });
        ids.set(topic, id);
      }
      return id;
    };
    return {
      serialize(row, topic) {
        const json = inner.serialize(row, topic);
        if (json === null) return null;
        const bytes = new Uint8Array(HEADER_BYTES + json.length);
        writeSchemaId(bytes, idFor(topic));
        bytes.set(json, HEADER_BYTES);
        return bytes;
      },
      deserialize(bytes, topic) {
        if (bytes === null) return null;
        try {
          readSchemaId(bytes);
        } catch (cause) {
          throw new DeserializationError(
            `Failed to deserialize ${isKey ? 'key' : 'value'} from topic: ${topic}. Got unexpected JSON serialization ` +
              'format that did not start with the magic byte. If this stream was not serialized using the ' +
              'JsonSchemaConverter, then make sure the stream is declared with JSON format (not JSON_SR).',
            { topic, cause },
          );
        }
        return inner.deserialize(bytes.subarray(HEADER_BYTES), topic);
      },
    };
  },
};
