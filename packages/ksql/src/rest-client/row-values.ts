import { MillraceError } from '@millrace/base';
import { decodeBase64 } from '../lib/base64.ts';
import type { ResultRow, ResultValue } from '../types/result-values.ts';
import type { SqlType } from '../types/sql-type.ts';
import { parseTimestamp } from '../types/time-text.ts';

type Reader = (value: unknown) => ResultValue;

/**
 * Parses JSON in which numbers stay the text that they were written as: JavaScript would round a BIGINT and drop the
 * scale of a DECIMAL.
 */
export function parseExactly(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? (context?.source ?? String(value)) : value,
  );
}

/** Reads rows of these types as a server writes them, once {@link parseExactly} has parsed them. */
export function rowReader(types: readonly SqlType[]): (columns: readonly unknown[]) => ResultRow {
  const readers = types.map(readerOf);
  return (columns) => readers.map((read, position) => read(columns[position] ?? null));
}

function readerOf(type: SqlType): Reader {
  const read = nonNullReaderOf(type);
  return (value) => (value === null || value === undefined ? null : read(value));
}

function nonNullReaderOf(type: SqlType): Reader {
  switch (type.kind) {
    case 'INTEGER':
    case 'DOUBLE':
      // NaN and the infinities come as texts of JSON, which Number reads as well.
      return (value) => Number(value as string);
    case 'BIGINT':
      return (value) => BigInt(value as string);
    case 'TIMESTAMP':
      return (value) => new Date(parseTimestamp(value as string));
    case 'BYTES':
      return bytesOf;
    case 'ARRAY': {
      const read = readerOf(type.element);
      return (value) => (value as readonly unknown[]).map(read);
    }
    case 'MAP': {
      const read = readerOf(type.value);
      return (value) => mapValues(value as object, () => read);
    }
    case 'STRUCT': {
      const fields = new Map(type.fields.map((field) => [field.name, readerOf(field.type)]));
      return (value) => mapValues(value as object, (name) => fields.get(name) ?? asItIs);
    }
    default:
      return asItIs;
  }
}

const asItIs: Reader = (value) => value as ResultValue;

function bytesOf(value: unknown): Uint8Array {
  const bytes = decodeBase64(value as string);
  if (bytes === null) throw new MillraceError('KSQL_ANSWER', `The server sent BYTES that are no base64: ${value}`);
  return bytes;
}

function mapValues(object: object, readerFor: (name: string) => Reader): Readonly<Record<string, ResultValue>> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, readerFor(name)(value)]));
}
