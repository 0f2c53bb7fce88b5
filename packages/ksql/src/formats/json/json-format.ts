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
import { type JsonWriter, jsonWriterOf, structWriter, writeJson } from './json-writer.ts';

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

function recordSerde(columns: readonly SimpleColumn[], options: SerdeOptions): ColumnsSerde {
  const write = structWriter(columns);
  let reader: JsonReader | null = null;
  // Made when the first value is read: only then is known which columns are used.
  const read: JsonReader = (cursor) => {
    reader ??= structReader(columns, structType(columns), options);
    return reader(cursor);
  };
  const deserializeAt = decoder(read, options) as Required<ColumnsSerde>['deserializeAt'];
  return {
    serialize: (row) => (row === null ? null : writeJson(write, row)),
    deserialize: (bytes, topic) => (bytes === null ? null : deserializeAt(bytes, 0, bytes.length, topic)),
    deserializeAt,
  };
}

/** A bare null is a record without value. */
function singleSerde(column: SimpleColumn, options: SerdeOptions): ColumnsSerde {
  const decode = decoder(jsonReaderOf(column.type), options);
  const write: JsonWriter = jsonWriterOf(column.type);
  const deserializeAt = (bytes: Uint8Array, start: number, end: number, topic: string): SqlValue[] | null => {
    const value = decode(bytes, start, end, topic);
    return value === null ? null : [value];
  };
  return {
    serialize: (row: Row | null) => (row === null || row[0] === null ? null : writeJson(write, row[0]!)),
    deserialize: (bytes, topic) => (bytes === null ? null : deserializeAt(bytes, 0, bytes.length, topic)),
    deserializeAt,
  };
}

/** One for all records: reading is never interrupted, and so it holds on to the bytes of the last one only. */
const cursor = new JsonCursor(new Uint8Array(0));

type Decode = (bytes: Uint8Array, start: number, end: number, topic: string) => SqlValue;

function decoder(read: JsonReader, { isKey }: SerdeOptions): Decode {
  return (bytes, start, end, topic) => {
    try {
      cursor.moveTo(bytes, start, end);
      cursor.skipByteOrderMark();
      if (cursor.peek() < 0 || cursor.takeNull()) return null;
      const value = read(cursor);
      cursor.expectEnd();
      return value;
    } catch (cause) {
      const part = isKey ? 'key' : 'value';
      const message = cause instanceof Error ? cause.message.replace('path: ', 'path: $') : String(cause);
      throw new DeserializationError(`Failed to deserialize ${part} from topic: ${topic}. ${message}`, {
        topic,
        cause,
      });
    }
  };
}
