import type { CoordinatorRecord } from '../runtime.ts';

/** A record of a group; without a value it is the tombstone of the one with this key. */
export function record<V>(key: Uint8Array, value: V | null, encode: (value: V) => Uint8Array): CoordinatorRecord {
  return { key, value: value === null ? null : encode(value) };
}
