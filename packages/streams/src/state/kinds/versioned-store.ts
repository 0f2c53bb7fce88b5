import type { Serde } from '../../serdes/serde.ts';
import type { ChangelogSink } from '../layers/changelog.ts';
import { NO_TIME } from '../layers/retention.ts';
import type { Rows } from '../rows.ts';
import type { VersionedKeyValueStore, VersionedPut, VersionedRecord } from '../stores.ts';
import type { KeyBytes } from './key-bytes.ts';
import { cutVersions, decodeVersions, encodeVersions, insertVersion, type Version } from './version-history.ts';

export type VersionedStoreParts<K, V> = {
  readonly name: string;
  readonly persistent: boolean;
  readonly keys: KeyBytes<K>;
  readonly valueSerde: Serde<V>;
  readonly topic: string;
  readonly historyRetentionMs: number;
  readonly rows: Rows;
  /** A change is one version, not one row, so the store itself logs it; null when logging is off. */
  readonly sink: ChangelogSink | null;
};

/**
 * Keeps the versions of each key that were valid within the history retention. (Kafka Streams:
 * VersionedKeyValueStore, KIP-889.)
 */
export class RowVersionedStore<K, V> implements VersionedKeyValueStore<K, V> {
  readonly name: string;
  readonly persistent: boolean;
  readonly #parts: VersionedStoreParts<K, V>;
  #observedMs = NO_TIME;

  constructor(parts: VersionedStoreParts<K, V>) {
    this.name = parts.name;
    this.persistent = parts.persistent;
    this.#parts = parts;
  }

  /** The highest timestamp put so far. */
  get observedMs(): number {
    return this.#observedMs;
  }

  /** Sets the store's time to that of the rows that lie in the engine. */
  resume(observedMs: number): void {
    this.#observedMs = observedMs;
  }

  put(key: K, value: V | null, timestamp: number): VersionedPut {
    const { keys, valueSerde, topic, sink, name } = this.#parts;
    const keyBytes = keys.of(key);
    const valueBytes = value === null ? null : valueSerde.serialize(value, topic);
    const result = this.putBytes(keyBytes, { timestamp, value: valueBytes });
    if (result.kind === 'put') sink?.append(name, keyBytes, valueBytes, timestamp);
    return result;
  }

  /** A put below the serdes that is not logged: what a restore does. */
  putBytes(key: Uint8Array, version: Version): VersionedPut {
    if (version.timestamp < this.#floorMs) return { kind: 'not-put' };
    this.#observedMs = Math.max(this.#observedMs, version.timestamp);
    const { versions, nextMs } = insertVersion(this.#versions(key), version);
    const kept = cutVersions(versions, this.#floorMs);
    this.#parts.rows.put(key, kept.length === 0 ? null : encodeVersions(kept));
    return { kind: 'put', validToMs: nextMs };
  }

  delete(key: K, timestamp: number): VersionedRecord<V> | null {
    const existing = this.getAsOf(key, timestamp);
    this.put(key, null, timestamp);
    return existing;
  }

  get(key: K): VersionedRecord<V> | null {
    const versions = this.#versions(this.#parts.keys.of(key));
    return versions.length === 0 ? null : this.#record(versions, 0);
  }

  getAsOf(key: K, timestamp: number): VersionedRecord<V> | null {
    const versions = this.#versions(this.#parts.keys.of(key));
    const at = versions.findIndex((version) => version.timestamp <= timestamp);
    // The latest version answers for any time since it began, however long ago; history only within the retention.
    if (at < 0 || (at > 0 && timestamp < this.#floorMs)) return null;
    return this.#record(versions, at);
  }

  getRange(key: K, fromMs: number, toMs: number): readonly VersionedRecord<V>[] {
    const versions = this.#versions(this.#parts.keys.of(key));
    const earliestMs = Math.max(fromMs, this.#floorMs);
    return versions.flatMap(({ timestamp }, at) => {
      if (timestamp > toMs) return [];
      // The latest version is valid to this day; what ended at a time is not valid at it any more.
      const hasEnded = at > 0 && versions[at - 1]!.timestamp <= earliestMs;
      const isHistory = at > 0 && toMs < this.#floorMs;
      const record = hasEnded || isHistory ? null : this.#record(versions, at);
      return record === null ? [] : [record];
    });
  }

  get #floorMs(): number {
    return this.#observedMs === NO_TIME ? 0 : this.#observedMs - this.#parts.historyRetentionMs;
  }

  #versions(key: Uint8Array): Version[] {
    const row = this.#parts.rows.get(key);
    return row === null ? [] : decodeVersions(row);
  }

  #record(versions: readonly Version[], at: number): VersionedRecord<V> | null {
    const { value, timestamp } = versions[at]!;
    if (value === null) return null;
    const { valueSerde, topic } = this.#parts;
    const validToMs = at === 0 ? null : versions[at - 1]!.timestamp;
    return { value: valueSerde.deserialize(value, topic), timestamp, validToMs };
  }
}
