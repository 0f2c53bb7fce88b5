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

/** What of a context is the same for many records: those that come from one partition share it. */
export type RecordOrigin = Pick<RecordContext, 'topic' | 'partition' | 'headers' | 'raw'>;

/**
 * Saves what may outlive the record's batch: headers are copied, and the raw bytes too or else left out, since a slice
 * of a fetched batch keeps all of it in memory. Gives back `like` where that says the same.
 */
export function detachOrigin(context: RecordContext, like: RecordOrigin | null): RecordOrigin {
  const { topic, partition, headers } = context;
  const raw = context.keepsRaw && context.raw !== null ? detachRaw(context.raw) : null;
  const isPlain = raw === null && headers.length === 0;
  if (isPlain && like !== null && like.topic === topic && like.partition === partition && isPlainOrigin(like)) {
    return like;
  }
  return { topic, partition, headers: isPlain ? NO_HEADERS : headers.map(detachHeader), raw };
}

/** Makes the context that of a record which was put aside. */
export function restoreOrigin(context: RecordContext, origin: RecordOrigin, offset: number, timestamp: number): void {
  context.topic = origin.topic;
  context.partition = origin.partition;
  context.headers = origin.headers;
  context.raw = origin.raw;
  context.offset = offset;
  context.timestamp = timestamp;
}

function isPlainOrigin(origin: RecordOrigin): boolean {
  return origin.raw === null && origin.headers === NO_HEADERS;
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
