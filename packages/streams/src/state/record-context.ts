import { copyBytes } from '../lib/bytes.ts';

/** A record header; a null value is legal. Several headers may have the same key; order counts. */
export type Header = { readonly key: string; readonly value: Uint8Array | null };

export const NO_HEADERS: readonly Header[] = Object.freeze([]);

/** What is known of the record in process beside key, value and timestamp. */
export type RecordMetadata = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
};

/** Key and value as they came; of a record in process they are to be read now, since they may be made on reading. */
export type RawBytes = { readonly key: Uint8Array | null; readonly value: Uint8Array | null };

/**
 * The one context object of a task. Operators pass key, value and timestamp as arguments; all else stands here. A
 * layer that forwards later (record cache, suppress and join buffers) saves a copy and puts it back around the
 * forwarding, so that an output carries the headers and the position of the record that caused it.
 */
export type RecordContext = {
  /** Null in a punctuation, which no record caused. */
  topic: string | null;
  partition: number;
  offset: number;
  timestamp: number;
  headers: readonly Header[];
  /** The source record's own bytes, for dead letters. */
  raw: RawBytes | null;
  /** Whether dead letters are wanted: then the raw bytes are kept with rows that a cache holds back. */
  keepsRaw: boolean;
};

export function emptyRecordContext(): RecordContext {
  return {
    topic: null,
    partition: -1,
    offset: -1,
    timestamp: -1,
    headers: NO_HEADERS,
    raw: null,
    keepsRaw: false,
  };
}

export function saveRecordContext(context: RecordContext): RecordContext {
  const saved = emptyRecordContext();
  restoreRecordContext(saved, context);
  return saved;
}

export function restoreRecordContext(context: RecordContext, saved: RecordContext): void {
  context.topic = saved.topic;
  context.partition = saved.partition;
  context.offset = saved.offset;
  context.timestamp = saved.timestamp;
  context.headers = saved.headers;
  context.raw = saved.raw;
}

/**
 * Saves what may outlive the record's batch: headers are copied, and the raw bytes too or else left out, since a slice
 * of a fetched batch keeps all of it in memory.
 */
export function detachRecordContext(target: RecordContext, context: RecordContext): void {
  target.topic = context.topic;
  target.partition = context.partition;
  target.offset = context.offset;
  target.timestamp = context.timestamp;
  target.headers = context.headers.length === 0 ? NO_HEADERS : context.headers.map(detachHeader);
  target.raw = context.keepsRaw && context.raw !== null ? detachRaw(context.raw) : null;
}

function detachRaw({ key, value }: RawBytes): RawBytes {
  return { key: copyOrNull(key), value: copyOrNull(value) };
}

function copyOrNull(bytes: Uint8Array | null): Uint8Array | null {
  return bytes === null ? null : copyBytes(bytes);
}

function detachHeader({ key, value }: Header): Header {
  return { key, value: copyOrNull(value) };
}
