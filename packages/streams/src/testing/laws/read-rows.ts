import { readInt64 } from '../../lib/int64.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type {
  KeyValueStore,
  SessionStore,
  StateStore,
  ValueAndTimestamp,
  VersionedKeyValueStore,
  Windowed,
  WindowStore,
} from '../../state/stores.ts';
import type { RawRecord } from '../../task/raw-records.ts';
import type { Row } from './observation.ts';
import { textOf } from './text-of.ts';

const TIME_SIZE = 8;
const SEQUENCE_SIZE = 4;

/** `"a" @ 10` for a window by its start, `"a" @ 10..15` for a session. */
export function keyTextOf(spec: StoreSpec, key: unknown): string {
  if (spec.kind !== 'window' && spec.kind !== 'session') return textOf(key);
  const { key: inner, window } = key as Windowed<unknown>;
  return spec.kind === 'window' ? windowText(inner, window.startMs) : sessionText(inner, window.startMs, window.endMs);
}

function windowText(key: unknown, startMs: number): string {
  return `${textOf(key)} @ ${startMs}`;
}

function sessionText(key: unknown, startMs: number, endMs: number): string {
  return `${textOf(key)} @ ${startMs}..${endMs}`;
}

/** The rows of a store as its users read them. A store with a history shows the present; `keys` are its keys. */
export function readRows(spec: StoreSpec, store: StateStore, keys: Iterable<unknown>): Row[] {
  const row = (key: unknown, value: unknown, timestamp: number | null): Row => ({
    keyText: keyTextOf(spec, key),
    valueText: textOf(value),
    key,
    value,
    timestamp,
  });
  const timed = (key: unknown, value: unknown, timestamped: boolean): Row => {
    if (!timestamped) return row(key, value, null);
    const { value: inner, timestamp } = value as ValueAndTimestamp<unknown>;
    return row(key, inner, timestamp);
  };
  switch (spec.kind) {
    case 'key-value':
      return [...(store as KeyValueStore<unknown, unknown>).all()].map(([key, value]) =>
        timed(key, value, spec.timestamped),
      );
    case 'window':
      return [...(store as WindowStore<unknown, unknown>).all()].map(([key, value]) =>
        timed(key, value, spec.timestamped),
      );
    case 'session':
      return [...(store as SessionStore<unknown, unknown>).findSessionsByEnd(0, Number.MAX_SAFE_INTEGER)].map(
        ([key, value]) => row(key, value, null),
      );
    case 'versioned':
      return [...keys].flatMap((key) => {
        const latest = (store as VersionedKeyValueStore<unknown, unknown>).get(key);
        return latest === null ? [] : [row(key, latest.value, latest.timestamp)];
      });
  }
}

/** The key of a changelog record, as text and as a key; for a windowed one also the time that retention goes by. */
export type ChangelogKey = { readonly keyText: string; readonly key: unknown; readonly timeMs: number | null };

/** Kafka Streams' layout: the key's bytes, then start (and a sequence number), or for sessions end and start. */
export function changelogKeyOf(spec: StoreSpec, bytes: Uint8Array): ChangelogKey {
  const read = (size: number) => spec.keySerde.deserialize(bytes.subarray(0, bytes.length - size), spec.name);
  switch (spec.kind) {
    case 'window': {
      const startMs = readInt64(bytes, bytes.length - TIME_SIZE - SEQUENCE_SIZE);
      const key = read(TIME_SIZE + SEQUENCE_SIZE);
      return { keyText: windowText(key, startMs), key, timeMs: startMs };
    }
    case 'session': {
      const endMs = readInt64(bytes, bytes.length - 2 * TIME_SIZE);
      const startMs = readInt64(bytes, bytes.length - TIME_SIZE);
      const key = read(2 * TIME_SIZE);
      return { keyText: sessionText(key, startMs, endMs), key, timeMs: endMs };
    }
    default: {
      const key = read(0);
      return { keyText: textOf(key), key, timeMs: null };
    }
  }
}

/** The keys that a changelog tells of. */
export function keysIn(spec: StoreSpec, changelog: readonly RawRecord[]): Map<string, unknown> {
  const keys = new Map<string, unknown>();
  for (const { key } of changelog) {
    if (key === null) continue;
    const decoded = changelogKeyOf(spec, key);
    keys.set(decoded.keyText, decoded.key);
  }
  return keys;
}
