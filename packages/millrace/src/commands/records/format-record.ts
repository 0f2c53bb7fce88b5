import { unreachable } from '@millrace/base';
import type { ConsumerRecord } from '@millrace/client';
import { type JsonRecord, toJsonBytes } from './json-record.ts';

/** How bytes are shown to people. */
export const BYTE_FORMATS = ['text', 'hex', 'base64', 'int', 'long', 'double'] as const;
export type ByteFormat = (typeof BYTE_FORMATS)[number];

export const PARTS = ['timestamp', 'topic', 'partition', 'offset', 'headers', 'key', 'value'] as const;
export type Part = (typeof PARTS)[number];

export type RecordFormat = {
  readonly isJson: boolean;
  /** What is shown of a record, in this order. */
  readonly parts: readonly Part[];
  readonly separator: string;
  readonly keyAs: ByteFormat;
  readonly valueAs: ByteFormat;
  readonly nullText: string;
};

const LINE_END = Buffer.from('\n');

/** The line of a record, as bytes: a value that is no UTF-8 is written as it is. */
export function formatRecord(record: ConsumerRecord, format: RecordFormat): Buffer {
  if (format.isJson) return Buffer.from(`${JSON.stringify(jsonRecord(record))}\n`);
  const separator = Buffer.from(format.separator);
  const pieces = format.parts.flatMap((part, index) =>
    index === 0 ? [partBytes(record, part, format)] : [separator, partBytes(record, part, format)],
  );
  return Buffer.concat([...pieces, LINE_END]);
}

function jsonRecord({ topic, partition, offset, timestamp, key, value, headers }: ConsumerRecord): JsonRecord {
  return {
    topic,
    partition,
    offset,
    timestamp,
    key: toJsonBytes(key),
    value: toJsonBytes(value),
    headers: headers.map((header) => ({ key: header.key, value: toJsonBytes(header.value) })),
  };
}

function partBytes(record: ConsumerRecord, part: Part, format: RecordFormat): Uint8Array {
  switch (part) {
    case 'timestamp':
    case 'topic':
    case 'partition':
    case 'offset':
      return Buffer.from(String(record[part]));
    case 'headers':
      return Buffer.from(headersText(record, format));
    case 'key':
      return shown(record.key, format.keyAs, format);
    case 'value':
      return shown(record.value, format.valueAs, format);
    default:
      return unreachable(part);
  }
}

function headersText({ headers }: ConsumerRecord, format: RecordFormat): string {
  const text = (value: Uint8Array | null) => (value === null ? format.nullText : Buffer.from(value).toString());
  return headers.map(({ key, value }) => `${key}:${text(value)}`).join(',');
}

function shown(bytes: Uint8Array | null, as: ByteFormat, { nullText }: RecordFormat): Uint8Array {
  if (bytes === null) return Buffer.from(nullText);
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (as) {
    case 'text':
      return buffer;
    case 'hex':
    case 'base64':
      return Buffer.from(buffer.toString(as));
    case 'int':
      return Buffer.from(buffer.length === 4 ? String(buffer.readInt32BE()) : odd(buffer, as));
    case 'long':
      return Buffer.from(buffer.length === 8 ? String(buffer.readBigInt64BE()) : odd(buffer, as));
    case 'double':
      return Buffer.from(buffer.length === 8 ? String(buffer.readDoubleBE()) : odd(buffer, as));
    default:
      return unreachable(as);
  }
}

/** One odd record must not end a reader. */
function odd(bytes: Buffer, as: ByteFormat): string {
  return `(no ${as}: ${bytes.toString('hex')})`;
}
