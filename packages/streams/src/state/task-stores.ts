import { assert, MillraceError } from '@millrace/base';
import { afterPrefix } from '../lib/bytes.ts';
import type { KeyRange } from '../lib/ordered-map.ts';
import { type BuiltStore, buildStore, type ChangelogRecord, NO_MEMORY } from './build-store.ts';
import type { StoreEngine } from './engines/store-engine.ts';
import type { CacheMemory } from './layers/cache-memory.ts';
import type { ChangelogSink } from './layers/changelog.ts';
import type { RecentMemory } from './layers/recent-segments.ts';
import type { RecordContext } from './record-context.ts';
import {
  type ChangelogPosition,
  decodeRecord,
  encodeRecord,
  identityOf,
  prefixOf,
  RECORDS_PREFIX,
  recordKey,
  STATE_FORMAT_VERSION,
  type StoreRecord,
  storeOfRecordKey,
} from './store-record.ts';
import type { StoreEngineKind, StoreSpec } from './store-spec.ts';
import type { StateStore } from './stores.ts';

const STORES_MAX = 0xffff;

export type TaskStoresOptions = {
  /** Engines for the kinds that the task's stores ask for; closed with the stores. */
  readonly engines: ReadonlyMap<StoreEngineKind, StoreEngine>;
  /** All stores of the task, upstream ones first: the order in which caches are flushed. */
  readonly specs: readonly StoreSpec[];
  readonly changelogTopicOf: (store: string) => string;
  readonly context: RecordContext;
  readonly cache: CacheMemory | null;
  /** Memory for recent segments of window and session stores in engines on disk. Default: none is kept. */
  readonly recent?: RecentMemory | null;
  readonly sink: ChangelogSink | null;
};

/** Something went wrong while the cache of a store was written out and forwarded. */
export class CacheFlushFailure extends Error {
  readonly store: string;
  override readonly cause: unknown;

  constructor(store: string, cause: unknown) {
    super(`Failed to flush cache of store ${store}`, { cause });
    this.store = store;
    this.cause = cause;
  }
}

type Entry = {
  readonly built: BuiltStore;
  readonly engine: StoreEngine;
  readonly storeNumber: number;
  position: ChangelogPosition | null;
};

/** All stores of one task, over one engine a kind: what the task flushes, commits, restores and closes as one. */
export class TaskStores {
  readonly #engines: ReadonlyMap<StoreEngineKind, StoreEngine>;
  readonly #entries = new Map<string, Entry>();

  constructor(options: TaskStoresOptions) {
    this.#engines = options.engines;
    for (const [kind, engine] of options.engines) {
      const specs = options.specs.filter((spec) => spec.engine === kind);
      for (const entry of openStores(engine, specs, options)) this.#entries.set(entry.built.spec.name, entry);
    }
    // In the order of the specs, whatever engine they are in.
    for (const spec of options.specs) {
      const entry = this.#entries.get(spec.name);
      assert(entry !== undefined, `no ${spec.engine} engine was given for store ${spec.name}`);
      this.#entries.delete(spec.name);
      this.#entries.set(spec.name, entry);
    }
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** @throws MillraceError `UNKNOWN_STORE` */
  store(name: string): StateStore {
    return this.#entry(name).built.store;
  }

  /** The store below its record cache, for reads. */
  uncached(name: string): StateStore {
    return this.#entry(name).built.uncached();
  }

  spec(name: string): StoreSpec {
    return this.#entry(name).built.spec;
  }

  /** Memory that only a commit frees; at its limit the task commits early. */
  get uncommittedBytes(): number {
    let bytes = 0;
    for (const { built } of this.#entries.values()) bytes += built.uncommitted.bytes;
    return bytes;
  }

  /**
   * Writes and forwards what the record caches hold, upstream stores first: what one forwards, the next may hold.
   *
   * @throws CacheFlushFailure with what a node threw that was forwarded to
   */
  flushCaches(): void {
    for (const [store, { built }] of this.#entries) {
      try {
        built.cache?.flush();
      } catch (cause) {
        throw new CacheFlushFailure(store, cause);
      }
    }
  }

  /** Where restoring begins: null for the start of the changelog, because there is no state that belongs to it. */
  positionOf(store: string, topicId: string): number | null {
    const { position } = this.#entry(store);
    return position === null || position.topicId !== topicId ? null : position.offset;
  }

  /** Drops all rows of a store that turned out not to belong to its changelog. */
  wipe(store: string): void {
    const entry = this.#entry(store);
    entry.built.clearCaches();
    entry.built.uncommitted.discard();
    entry.built.resume(NO_MEMORY);
    entry.position = null;
    entry.engine.deleteRange(rowsOf(entry.storeNumber));
  }

  /** Applies records of a store's changelog and writes them with the position behind them; returns how many. */
  restore(store: string, records: Iterable<ChangelogRecord>, position: ChangelogPosition): number {
    const entry = this.#entry(store);
    let count = 0;
    for (const record of records) {
      entry.built.restore(record);
      count++;
    }
    this.#write([entry], new Map([[store, position]]));
    return count;
  }

  /**
   * Writes to the engines what the commit that just succeeded covers. Positions are those behind the last record that
   * each store sent to its changelog; a store without one keeps what it had.
   */
  writeCommitted(positions: ReadonlyMap<string, ChangelogPosition>): void {
    for (const engine of this.#engines.values()) {
      const entries = [...this.#entries.values()].filter((entry) => entry.engine === engine);
      this.#write(entries, positions);
    }
  }

  /**
   * Writes the stores that have no changelog, before the commit: what they hold could not be made again if the process
   * ended between the two, while a record that is processed twice is what at-least-once allows.
   */
  writeUnlogged(): void {
    for (const engine of this.#engines.values()) {
      const entries = [...this.#entries.values()].filter(
        (entry) => entry.engine === engine && entry.built.spec.logging === false,
      );
      this.#write(entries, NO_POSITIONS);
    }
  }

  /** Closes the engines. What no commit covered is lost, and made again from the changelog or the input. */
  async close(): Promise<void> {
    for (const { built } of this.#entries.values()) built.clearCaches();
    for (const engine of this.#engines.values()) await engine.close();
  }

  #write(entries: readonly Entry[], positions: ReadonlyMap<string, ChangelogPosition>): void {
    const engine = entries[0]?.engine;
    if (engine === undefined) return;
    for (const entry of entries) {
      const position = positions.get(entry.built.spec.name);
      if (position !== undefined) entry.position = position;
    }
    const changed = entries.filter(({ built }) => !built.uncommitted.isEmpty || positions.has(built.spec.name));
    // Dropped first: a range is dropped because its time is over, so no row of this batch belongs to it.
    for (const { built } of entries) for (const range of built.uncommitted.dropped()) engine.deleteRange(range);
    if (changed.length > 0) {
      // Records last: a crash among the rows leaves the old positions, and the changelog behind them has those rows.
      engine.write((put) => {
        for (const { built } of changed) built.uncommitted.writeTo(put);
        if (engine.persistent) for (const entry of changed) put(recordKey(entry.built.spec.name), recordOf(entry));
      });
    }
    for (const { built } of entries) built.uncommitted.discard();
  }

  #entry(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry !== undefined) return entry;
    throw new MillraceError('UNKNOWN_STORE', `this task has no store named ${name}`, {
      context: { stores: this.names },
    });
  }
}

const NO_POSITIONS: ReadonlyMap<string, ChangelogPosition> = new Map();

/** Builds the stores of one engine over what it holds, and clears out what belongs to none of them. */
function openStores(engine: StoreEngine, specs: readonly StoreSpec[], options: TaskStoresOptions): Entry[] {
  const found = readRecords(engine);
  const usable = new Map<string, StoreRecord>();
  const taken = new Set<number>();
  for (const spec of specs) {
    const record = found.get(spec.name);
    if (record === undefined || record.identity !== identityOf(spec) || taken.has(record.storeNumber)) continue;
    usable.set(spec.name, record);
    taken.add(record.storeNumber);
  }
  clearOthers(engine, found, usable);
  let storeNumber = 0;
  return specs.map((spec) => {
    const record = usable.get(spec.name);
    if (record === undefined) {
      do storeNumber++;
      while (taken.has(storeNumber));
      assert(storeNumber <= STORES_MAX, 'a task has at most 65,535 stores');
    }
    const number = record?.storeNumber ?? storeNumber;
    // Rows of a torn or foreign record may lie under a number that looks free.
    if (record === undefined) engine.deleteRange(rowsOf(number));
    const built = buildStore(spec, {
      engine,
      prefix: prefixOf(number),
      topic: options.changelogTopicOf(spec.name),
      context: options.context,
      cache: options.cache,
      recent: engine.persistent ? (options.recent ?? null) : null,
      sink: options.sink,
    });
    if (record !== undefined) built.resume(record.memory);
    return { built, engine, storeNumber: number, position: record?.position ?? null };
  });
}

function readRecords(engine: StoreEngine): Map<string, StoreRecord> {
  const records = new Map<string, StoreRecord>();
  if (!engine.persistent) return records;
  const cursor = engine.scan({ from: RECORDS_PREFIX, to: afterPrefix(RECORDS_PREFIX) });
  while (cursor.next()) {
    const record = decodeRecord(cursor.value);
    if (record !== null) records.set(storeOfRecordKey(cursor.key), record);
  }
  return records;
}

/** Keeps the rows and records of usable stores; everything else in the engine is foreign, old or torn. */
function clearOthers(
  engine: StoreEngine,
  found: ReadonlyMap<string, StoreRecord>,
  usable: ReadonlyMap<string, StoreRecord>,
): void {
  if (!engine.persistent) return;
  for (const [store, { storeNumber }] of found) {
    if (usable.has(store)) continue;
    engine.deleteRange(rowsOf(storeNumber));
    engine.write((put) => put(recordKey(store), null));
  }
}

function rowsOf(storeNumber: number): KeyRange {
  const prefix = prefixOf(storeNumber);
  return { from: prefix, to: afterPrefix(prefix) };
}

/** What is known of a store beside its rows. */
function recordOf({ built, storeNumber, position }: Entry): Uint8Array {
  return encodeRecord({
    formatVersion: STATE_FORMAT_VERSION,
    storeNumber,
    identity: identityOf(built.spec),
    position,
    memory: built.memory(),
  });
}
