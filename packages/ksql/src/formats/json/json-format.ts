import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import { structType } from '../../types/sql-type.ts';
import type { Row, SqlValue } from '../../types/values.ts';
import {
  type ColumnsSerde,
  DeserializationError,
  type Format,
  isUnwrapped,
  refuseNonStringMapKeys,
  type SerdeOptions,
} from '../format.ts';
import { JsonCursor } from './json-cursor.ts';
import { type JsonReader, jsonReaderOf, structReader } from './json-reader.ts';
import { type JsonWriter, jsonWriterOf, structWriter } from './json-writer.ts';

/** Rows as JSON objects, or a single column as a JSON value. */
export const JSON_FORMAT: Format = {
  name: 'JSON',
  features: new Set(['WRAP_SINGLES', 'UNWRAP_SINGLES']),
  properties: new Set(),
  checkColumns: (columns) => refuseNonStringMapKeys('JSON', columns),
  createSerde(columns, options) {
    refuseNonStringMapKeys('JSON', columns);
    const unwrapped = isUnwrapped(JSON_FORMAT, columns.length, options.features);
    return unwrapped ? singleSerde(columns[0]!, options) : recordSerde(columns, options);
  },
};

const BYTE_ORDER_MARK = 0xfeff;

function recordSerde(columns: readonly SimpleColumn[], options: SerdeOptions): ColumnsSerde {
  const source = { topic: '', options };
  let read: JsonReader | null = null;
  const write = structWriter(columns);
  return {
    serialize: (row) => (row === null ? null : encodeUtf8(write(row))),
    deserialize(bytes, topic) {
      read ??= structReader(columns, structType(columns), options.isUsed);
      source.topic = topic;
      return decode(bytes, read, source) as SqlValue[] | null;
    },
  };
}

/** A bare null is a record without value. */
function singleSerde(column: SimpleColumn, options: SerdeOptions): ColumnsSerde {
  const read = jsonReaderOf(column.type);
  const write: JsonWriter = jsonWriterOf(column.type);
  return {
    serialize: (row: Row | null) => (row === null || row[0] === null ? null : encodeUtf8(write(row[0]!))),
    deserialize: (bytes, topic) => {
      const value = decode(bytes, read, { topic, options });
      return value === null ? null : [value];
    },
  };
}

type Source = { readonly topic: string; readonly options: SerdeOptions };

function decode(bytes: Uint8Array | null, read: JsonReader, { topic, options }: Source): SqlValue {
  if (bytes === null) return null;
  try {
    const cursor = new JsonCursor(decodeUtf8(bytes));
    if (cursor.text.charCodeAt(0) === BYTE_ORDER_MARK) cursor.at = 1;
    if (Number.isNaN(cursor.peek()) || cursor.takeNull()) return null;
    const value = read(cursor);
    cursor.expectEnd();
    return value;
  } catch (cause) {
    const part = options.isKey ? 'key' : 'value';
    const message = cause instanceof Error ? cause.message.replace('path: ', 'path: $') : String(cause);
    throw new DeserializationError(`Failed to deserialize ${part} from topic: ${topic}. ${message}`, { topic, cause });
  }
}
