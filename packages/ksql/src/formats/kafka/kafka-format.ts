import { MillraceError } from '@millrace/base';
import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlKind } from '../../types/sql-type.ts';
import type { SqlValue } from '../../types/values.ts';
import { DeserializationError, type Format, refuseTypes } from '../format.ts';
import { printColumnList } from '../print-columns.ts';

/** One column as Kafka's own serialisers write it: big-endian numbers, UTF-8 text, or the bytes themselves. */
export const KAFKA_FORMAT: Format = {
  name: 'KAFKA',
  features: new Set(['UNWRAP_SINGLES']),
  properties: new Set(),
  checkColumns,
  createSerde(columns, options) {
    checkColumns(columns);
    const [column] = columns;
    if (column === undefined) return { serialize: () => null, deserialize: () => [] };
    const codec = CODECS[column.type.kind]!;
    const deserializeAt = (bytes: Uint8Array, start: number, end: number, topic: string): SqlValue[] => {
      if (codec.size !== undefined && end - start !== codec.size) {
        const part = options.isKey ? 'key' : 'value';
        throw new DeserializationError(
          `Failed to deserialize ${part} from topic: ${topic}. ` +
            `A value of type ${column.type.kind} has ${codec.size} bytes, but there are ${end - start}`,
          { topic },
        );
      }
      return [codec.read(bytes, start, end)];
    };
    return {
      serialize: (row) => (row === null || row[0] === null ? null : codec.write(row[0]!)),
      deserialize: (bytes, topic) => (bytes === null ? null : deserializeAt(bytes, 0, bytes.length, topic)),
      deserializeAt,
    };
  },
};

function checkColumns(columns: readonly SimpleColumn[]): void {
  if (columns.length > 1) {
    throw new MillraceError(
      'FORMAT_UNSUPPORTED',
      `The 'KAFKA' format only supports a single field. Got: ${printColumnList(columns)}`,
    );
  }
  refuseTypes('KAFKA', columns, (kind) => CODECS[kind] !== undefined);
}

type Codec = {
  readonly size?: number;
  write(value: SqlValue): Uint8Array;
  read(bytes: Uint8Array, start: number, end: number): SqlValue;
};

// Numbers go through one piece of memory: a view of a small array would first move it off the heap, for each number.
const scratch = new DataView(new ArrayBuffer(8));
const scratchBytes = new Uint8Array(scratch.buffer);

function written(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at++) bytes[at] = scratchBytes[at]!;
  return bytes;
}

function viewOf(bytes: Uint8Array, start: number, end: number): DataView {
  for (let at = start; at < end; at++) scratchBytes[at - start] = bytes[at]!;
  return scratch;
}

const CODECS: Partial<Record<SqlKind, Codec>> = {
  INTEGER: {
    size: 4,
    write: (value) => {
      scratch.setInt32(0, value as number);
      return written(4);
    },
    read: (bytes, start, end) => viewOf(bytes, start, end).getInt32(0),
  },
  BIGINT: {
    size: 8,
    write: (value) => {
      scratch.setBigInt64(0, value as bigint);
      return written(8);
    },
    read: (bytes, start, end) => viewOf(bytes, start, end).getBigInt64(0),
  },
  DOUBLE: {
    size: 8,
    write: (value) => {
      scratch.setFloat64(0, value as number);
      return written(8);
    },
    read: (bytes, start, end) => viewOf(bytes, start, end).getFloat64(0),
  },
  STRING: {
    write: (value) => encodeUtf8(value as string),
    read: decodeUtf8,
  },
  BYTES: {
    write: (value) => value as Uint8Array,
    // A copy: the row may outlive the fetched batch that the bytes are part of.
    read: (bytes, start, end) => Uint8Array.prototype.slice.call(bytes, start, end),
  },
};
