import { readInt64, writeInt64 } from '../lib/int64.ts';
import { malformed } from './errors.ts';
import type { Serde } from './serde.ts';

/** A window that a stored value belongs to: `endMs` is exclusive for time windows, inclusive for sessions. */
export type Window = { readonly startMs: number; readonly endMs: number };

/** The time window that starts there; its end stays a number that can be told from its neighbours. */
export function timeWindowAt(startMs: number, sizeMs: number): Window {
  return { startMs, endMs: Math.min(startMs + sizeMs, Number.MAX_SAFE_INTEGER) };
}

export type Windowed<K> = { readonly key: K; readonly window: Window };

/** A serde of windowed keys, which can also write the key without its window: what a topic is partitioned by. */
export type WindowedSerde<K> = Serde<Windowed<K>> & { readonly withoutWindow: Serde<K> };

export function isWindowedSerde(serde: Serde<unknown>): serde is WindowedSerde<unknown> {
  return 'withoutWindow' in serde;
}

// The windowed keys of output and repartition topics, byte for byte Kafka Streams' TimeWindowedSerializer and
// SessionWindowedSerializer.

const TIME_SIZE = 8;

/** Key bytes, then the 8-byte start; the end is not written, so reading needs the window's size. */
export function timeWindowedSerde<K>(inner: Serde<K>, windowSizeMs: number): WindowedSerde<K> {
  const name = `time-windowed(${inner.name})`;
  return {
    name,
    withoutWindow: inner,
    serialize({ key, window }, topic) {
      const keyBytes = inner.serialize(key, topic);
      const bytes = new Uint8Array(keyBytes.length + TIME_SIZE);
      bytes.set(keyBytes);
      writeInt64(bytes, keyBytes.length, window.startMs);
      return bytes;
    },
    deserialize(bytes, topic) {
      const keySize = bytes.length - TIME_SIZE;
      if (keySize < 0) throw malformed(name, `${bytes.length} bytes are too short for a window start`);
      const startMs = readInt64(bytes, keySize);
      const key = inner.deserialize(bytes.subarray(0, keySize), topic);
      return { key, window: timeWindowAt(startMs, windowSizeMs) };
    },
  };
}

/** Key bytes, then 8 bytes of end, then 8 bytes of start. */
export function sessionWindowedSerde<K>(inner: Serde<K>): WindowedSerde<K> {
  const name = `session-windowed(${inner.name})`;
  return {
    name,
    withoutWindow: inner,
    serialize({ key, window }, topic) {
      const keyBytes = inner.serialize(key, topic);
      const bytes = new Uint8Array(keyBytes.length + 2 * TIME_SIZE);
      bytes.set(keyBytes);
      writeInt64(bytes, keyBytes.length, window.endMs);
      writeInt64(bytes, keyBytes.length + TIME_SIZE, window.startMs);
      return bytes;
    },
    deserialize(bytes, topic) {
      const keySize = bytes.length - 2 * TIME_SIZE;
      if (keySize < 0) throw malformed(name, `${bytes.length} bytes are too short for a session`);
      const endMs = readInt64(bytes, keySize);
      const startMs = readInt64(bytes, keySize + TIME_SIZE);
      return { key: inner.deserialize(bytes.subarray(0, keySize), topic), window: { startMs, endMs } };
    },
  };
}
