import { MillraceError } from '@millrace/base';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlValue } from '../../types/values.ts';
import { type Format, isUnwrapped, refuseNonStringMapKeys } from '../format.ts';
import { namedAsIn } from '../schema-registry/key-names.ts';
import { resolvedReferences } from '../schema-registry/references.ts';
import { registrySerde, reportingReads, reportingWrites } from '../schema-registry/registry-serde.ts';
import { HEADER_BYTES } from '../schema-registry/wire-header.ts';
import { messageIndexOf, readMessageIndex, writeMessageIndex } from './message-index.ts';
import { parseProto } from './parse-proto.ts';
import { type MessageReader, messageReaderOf } from './proto-reader.ts';
import type { ProtoMessage } from './proto-schema.ts';
import { columnsOfMessage, defaultMessage, protoText } from './proto-text.ts';
import { ProtoCursor, ProtoOutput } from './proto-wire.ts';
import { messageWriterOf } from './proto-writer.ts';

const checkColumns = (columns: readonly SimpleColumn[]): void => refuseNonStringMapKeys('PROTOBUF format', columns);

/** Rows as messages behind the id of their .proto text, which is made of the columns and registered under the topic. */
export const PROTOBUF_FORMAT: Format = {
  name: 'PROTOBUF',
  features: new Set(['WRAP_SINGLES', 'SCHEMA_INFERENCE']),
  properties: new Set(['fullSchemaName', 'schemaId', 'unwrapPrimitives', 'nullableRepresentation']),
  checkColumns,
  createSerde(columns, { registry, properties, isKey }) {
    checkColumns(columns);
    if (registry === undefined) {
      const text = 'The PROTOBUF format needs a schema registry, and there is none';
      throw new MillraceError('SCHEMA_REGISTRY_MISSING', text);
    }
    const columnsIn = ({ fields }: ProtoMessage): readonly SimpleColumn[] =>
      namedAsIn(
        fields.map(({ name }) => name),
        columns,
        { isKey, properties },
      );
    return registrySerde(
      {
        schema: () => ({ kind: 'PROTOBUF', text: protoText(columns, properties), references: [] }),
        readerOf(schema) {
          const messages = parseProto(schema.text, resolvedReferences(schema, registry));
          const readers = new Map<number, MessageReader>();
          return (bytes) => {
            const cursor = new ProtoCursor(bytes, HEADER_BYTES);
            const [index] = readMessageIndex(cursor);
            let read = readers.get(index!);
            if (read === undefined) {
              const message = messages[index!];
              if (message === undefined) throw new RangeError('the schema has no such message');
              read = messageReaderOf(message, columnsIn(message));
              readers.set(index!, read);
            }
            return read(bytes.subarray(cursor.at));
          };
        },
        writerOf(schema) {
          const messages = parseProto(schema.text, resolvedReferences(schema, registry));
          const index = messageIndexOf(messages, properties.fullSchemaName);
          const write = messageWriterOf(messages[index]!, columnsIn(messages[index]!));
          return (value) => {
            const output = new ProtoOutput();
            output.raw(new Uint8Array(HEADER_BYTES));
            writeMessageIndex(index, output);
            write(value as readonly SqlValue[], output);
            return output.finish();
          };
        },
      },
      { registry, isKey, properties, unwrapped: false },
    );
  },
};

/** Rows as bare messages; both sides know the fields from the columns. */
export const PROTOBUF_NOSR_FORMAT: Format = {
  name: 'PROTOBUF_NOSR',
  features: new Set(['WRAP_SINGLES', 'UNWRAP_SINGLES']),
  properties: new Set(['unwrapPrimitives', 'nullableRepresentation']),
  checkColumns,
  createSerde(columns, { features, properties, isKey }) {
    checkColumns(columns);
    const unwrapped = isUnwrapped(PROTOBUF_NOSR_FORMAT, columns.length, features);
    const fields = columnsOfMessage(columns, unwrapped);
    const isBareStruct = unwrapped && columns[0]!.type.kind === 'STRUCT';
    const message = defaultMessage(fields, properties);
    const read = messageReaderOf(message, fields);
    const write = messageWriterOf(message, fields);
    return {
      serialize(row, topic) {
        const values = isBareStruct ? (row?.[0] ?? null) : row;
        if (values === null || (unwrapped && row?.[0] === null)) return null;
        return reportingWrites(topic, () => {
          const output = new ProtoOutput();
          write(values as readonly SqlValue[], output);
          return output.finish();
        });
      },
      deserialize(bytes, topic) {
        if (bytes === null) return null;
        const values = reportingReads(topic, isKey, () => read(bytes));
        return isBareStruct ? [values] : values;
      },
    };
  },
};
