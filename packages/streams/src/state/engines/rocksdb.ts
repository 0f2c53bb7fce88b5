import { createRequire } from 'node:module';
import { MillraceError } from '@millrace/base';
import type { Cursor, KeyRange } from '../../lib/ordered-map.ts';
import type { EnginePut, StoreEngine } from './store-engine.ts';

// The only file that knows @nxtedition/rocksdb. Its synchronous calls carry an underscore: they are the package's own
// way and not part of its documented interface, so the version is pinned and the probe below tries each of them when
// the first database is opened.

type Batch = {
  _put(key: Uint8Array, value: Uint8Array): void;
  _del(key: Uint8Array): void;
  _clear(): void;
  _writeSync(options: { readonly sync?: boolean }): void;
  _closeSync(): void;
};

type RawIterator = {
  /** Key and value by turns. */
  _nextvSync(size: number): { readonly rows: readonly Uint8Array[]; readonly finished: boolean };
  _closeSync(): void;
};

type RangeOptions = { readonly gte?: Uint8Array; readonly lt?: Uint8Array };

type RocksDatabase = {
  open(options?: object): Promise<void>;
  close(): Promise<void>;
  _getManySync(keys: readonly Uint8Array[], options: object): (Uint8Array | undefined)[];
  _chainedBatch(): Batch;
  _iterator(options: RangeOptions & { readonly reverse: boolean }): RawIterator;
  _clear(options: RangeOptions, callback: (error: Error | null) => void): void;
};

type RocksModule = { readonly RocksLevel: new (folder: string) => RocksDatabase };

const SYNCHRONOUS_CALLS = ['_getManySync', '_chainedBatch', '_iterator', '_clear'] as const;

/** Blocks kept decompressed, for each database (one a task). */
const BLOCK_CACHE_BYTES = 16 * 1024 * 1024;
/**
 * Writes kept in memory before they become table files, for each database; at worst half as much again. What is kept is
 * also what the next open reads from the log: 8 MiB are some 100 ms of it.
 */
const MEMTABLE_BYTES = 8 * 1024 * 1024;
/** RocksDB changes its memtable between two batches only: one of a whole commit would make one as large as the commit. */
const BATCH_BYTES = 512 * 1024;

const OPEN_OPTIONS = {
  createIfMissing: true,
  cacheSize: BLOCK_CACHE_BYTES,
  memtableMemoryBudget: MEMTABLE_BYTES,
  // As Kafka Streams; and without one the package ignores the budget and keeps up to 128 MiB.
  compaction: 'universal',
  // The log is never synced and soon deleted: packing it costs more than writing it.
  walCompression: false,
} as const;

/** A scan asks for few rows first, since most want few, then for four times as many each time. */
const SCAN_ROWS_FIRST = 8;
const SCAN_ROWS_MAX = 1_000;

/**
 * Opens the database in a folder, which is made if it is missing. RocksDB locks it against other processes.
 *
 * @throws MillraceError `STATE_ENGINE_UNAVAILABLE` when RocksDB cannot run on this platform,
 *   `STATE_OPEN_FAILED` when the folder holds no usable database or is in use.
 */
export async function openRocksDbEngine(folder: string): Promise<StoreEngine> {
  const { RocksLevel } = loadRocksDb();
  let database: RocksDatabase;
  try {
    database = new RocksLevel(folder);
    await database.open(OPEN_OPTIONS);
  } catch (cause) {
    throw new MillraceError('STATE_OPEN_FAILED', `RocksDB cannot open its database in ${folder}`, { cause });
  }
  const missing = SYNCHRONOUS_CALLS.filter((call) => typeof database[call] !== 'function');
  if (missing.length > 0) {
    await database.close();
    throw unavailable(`this version of it lacks ${missing.join(', ')}`);
  }
  return new RocksDbEngine(database);
}

function loadRocksDb(): RocksModule {
  try {
    // Loaded on first use and not at import: it is an optional dependency with native code.
    return createRequire(import.meta.url)('@nxtedition/rocksdb') as RocksModule;
  } catch (cause) {
    throw unavailable('its native code does not load', cause);
  }
}

function unavailable(problem: string, cause?: unknown): MillraceError {
  return new MillraceError(
    'STATE_ENGINE_UNAVAILABLE',
    `the RocksDB engine (@nxtedition/rocksdb) cannot run on ${process.platform}-${process.arch} with Node ` +
      `${process.versions.node}: ${problem}. It has prebuilt code for linux-x64 (glibc) and darwin-arm64; on others ` +
      'npm compiles it, which needs a C++ tool chain. Or choose the in-memory engine (Stores.inMemory…, ' +
      "`stateEngine: 'memory'`), which restores from changelogs at each start",
    { cause, context: { platform: process.platform, arch: process.arch } },
  );
}

class RocksDbEngine implements StoreEngine {
  readonly persistent = true;
  readonly #database: RocksDatabase;
  readonly #openScans = new Set<RocksCursor>();

  constructor(database: RocksDatabase) {
    this.#database = database;
  }

  get(key: Uint8Array): Uint8Array | null {
    return this.#database._getManySync([key], READ_OPTIONS)[0] ?? null;
  }

  getMany(keys: readonly Uint8Array[]): (Uint8Array | null)[] {
    return this.#database._getManySync(keys, READ_OPTIONS).map((value) => value ?? null);
  }

  write(fill: (put: EnginePut) => void): void {
    const batch = this.#database._chainedBatch();
    let bytes = 0;
    try {
      fill((key, value) => {
        if (value === null) batch._del(key);
        else batch._put(key, value);
        bytes += key.length + (value?.length ?? 0);
        if (bytes < BATCH_BYTES) return;
        batch._writeSync(WRITE_OPTIONS);
        batch._clear();
        bytes = 0;
      });
      // Not synced to disk: the write-ahead log survives the process; after a crash of the machine the changelog has
      // what is missing, from the offset that lies beside the data.
      batch._writeSync(WRITE_OPTIONS);
    } finally {
      batch._closeSync();
    }
  }

  deleteRange(range: KeyRange): void {
    let failure: Error | null = null;
    // The work is done before the call returns; what is called back later can only be the failure of it.
    this.#database._clear(toOptions(range), (error) => {
      failure = error;
    });
    if (failure !== null) throw failure;
  }

  scan(range: KeyRange, reverse = false): Cursor<Uint8Array> {
    const iterator = this.#database._iterator({ ...SCAN_OPTIONS, ...toOptions(range), reverse });
    const cursor = new RocksCursor(iterator, (closed) => this.#openScans.delete(closed));
    this.#openScans.add(cursor);
    return cursor;
  }

  async close(): Promise<void> {
    // An iterator that is open when its database closes takes the process with it.
    for (const cursor of this.#openScans) cursor.close();
    await this.#database.close();
  }
}

const READ_OPTIONS = { valueEncoding: 'buffer' } as const;
const WRITE_OPTIONS = { sync: false } as const;
const SCAN_OPTIONS = { keyEncoding: 'buffer', valueEncoding: 'buffer', fillCache: true } as const;

function toOptions({ from, to }: KeyRange): RangeOptions {
  return { ...(from === null ? {} : { gte: from }), ...(to === null ? {} : { lt: to }) };
}

const NO_ROWS: readonly Uint8Array[] = [];

class RocksCursor implements Cursor<Uint8Array> {
  #iterator: RawIterator | null;
  readonly #onClose: (cursor: RocksCursor) => void;
  #rows = NO_ROWS;
  #at = -2;
  #finished = false;
  #rowsNext = SCAN_ROWS_FIRST;

  constructor(iterator: RawIterator, onClose: (cursor: RocksCursor) => void) {
    this.#iterator = iterator;
    this.#onClose = onClose;
  }

  get key(): Uint8Array {
    return this.#rows[this.#at]!;
  }

  get value(): Uint8Array {
    return this.#rows[this.#at + 1]!;
  }

  next(): boolean {
    this.#at += 2;
    if (this.#at < this.#rows.length) return true;
    if (this.#iterator === null || this.#finished) return this.#end();
    const { rows, finished } = this.#iterator._nextvSync(this.#rowsNext);
    this.#rowsNext = Math.min(this.#rowsNext * 4, SCAN_ROWS_MAX);
    this.#rows = rows;
    this.#finished = finished;
    this.#at = 0;
    return rows.length > 0 || this.#end();
  }

  close(): void {
    this.#iterator?._closeSync();
    this.#iterator = null;
    this.#rows = NO_ROWS;
    this.#onClose(this);
  }

  #end(): false {
    this.close();
    return false;
  }
}
