import type { Files, FolderLock, OpenFile, ReplaceOptions, Volume } from './files.ts';

/** Faults that are switched on while a test runs; all are off at first. */
export type Faults = {
  /** Bytes that may still be written before the disk is full; a write that does not fit writes what fits and fails. */
  bytesLeft: number;
  /** The next write of a file whose path ends so is cut after this many bytes, and fails as a crash would. */
  tearWrite: { readonly pathEnds: string; readonly afterBytes: number } | null;
  /** Every sync fails. What it should have saved may be lost for good: a second sync that succeeds proves nothing. */
  failSync: boolean;
  /** A slow disk: every sync waits for this first. */
  slowSync: Promise<unknown> | null;
  /** Every read of a file whose path ends so fails. */
  failRead: { readonly pathEnds: string } | null;
  /** Changes that still reach the files before the process dies; after them nothing changes any more. */
  changesLeft: number;
};

/** Other files with faults put between: full disks, torn writes, failing syncs, and power loss. */
export class FaultyFiles implements Files {
  readonly faults: Faults = {
    bytesLeft: Number.POSITIVE_INFINITY,
    tearWrite: null,
    failSync: false,
    slowSync: null,
    failRead: null,
    changesLeft: Number.POSITIVE_INFINITY,
  };
  /** How many syncs there were. */
  syncCount = 0;
  readonly #inner: Files;
  /** Bytes of each file that were synced; what lies above is lost with the power. */
  readonly #syncedSizes = new Map<string, number>();

  constructor(inner: Files) {
    this.#inner = inner;
  }

  open(path: string): OpenFile {
    return new FaultyFile(this.#inner.open(path), this.faults, this.#syncedSizes, () => {
      this.syncCount += 1;
    });
  }

  exists(path: string): boolean {
    return this.#inner.exists(path);
  }

  list(folder: string): string[] {
    return this.#inner.list(folder);
  }

  makeFolder(path: string): void {
    countChange(this.faults);
    this.#inner.makeFolder(path);
  }

  rename(from: string, to: string): void {
    countChange(this.faults);
    this.#inner.rename(from, to);
    for (const [path, size] of [...this.#syncedSizes]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.#syncedSizes.delete(path);
      this.#syncedSizes.set(to + path.slice(from.length), size);
    }
  }

  remove(target: string): void {
    countChange(this.faults);
    this.#inner.remove(target);
    for (const path of [...this.#syncedSizes.keys()]) {
      if (path === target || path.startsWith(`${target}/`)) this.#syncedSizes.delete(path);
    }
  }

  discard(target: string): void {
    this.remove(target);
  }

  syncFolder(folder: string): void {
    if (this.faults.failSync) throw ioError(folder, 'fsync');
    this.#inner.syncFolder(folder);
  }

  readWhole(path: string): Uint8Array | null {
    return this.#inner.readWhole(path);
  }

  replace(path: string, bytes: Uint8Array, options?: ReplaceOptions): void {
    countChange(this.faults);
    if (bytes.byteLength > this.faults.bytesLeft) throw diskFull(path);
    this.faults.bytesLeft -= bytes.byteLength;
    this.#inner.replace(path, bytes, options);
  }

  volume(folder: string): Volume {
    return this.#inner.volume(folder);
  }

  lock(folder: string): FolderLock {
    return this.#inner.lock(folder);
  }

  /** The power goes: of every file that was appended to since its last sync, only the synced part is left. */
  losePower(): void {
    for (const [path, size] of this.#syncedSizes) {
      const file = this.#inner.open(path);
      if (file.size() > size) file.truncate(size);
      file.close();
    }
  }
}

class FaultyFile implements OpenFile {
  readonly #inner: OpenFile;
  readonly #faults: Faults;
  readonly #syncedSizes: Map<string, number>;
  readonly #onSync: () => void;

  constructor(inner: OpenFile, faults: Faults, syncedSizes: Map<string, number>, onSync: () => void) {
    this.#inner = inner;
    this.#faults = faults;
    this.#syncedSizes = syncedSizes;
    this.#onSync = onSync;
  }

  get path(): string {
    return this.#inner.path;
  }

  size(): number {
    return this.#inner.size();
  }

  read(target: Uint8Array, position: number): number {
    const fault = this.#faults.failRead;
    if (fault !== null && this.path.endsWith(fault.pathEnds)) throw ioError(this.path, 'read');
    return this.#inner.read(target, position);
  }

  write(buffers: readonly Uint8Array[], position: number): void {
    countChange(this.#faults);
    if (!this.#syncedSizes.has(this.path)) this.#syncedSizes.set(this.path, this.#inner.size());
    const total = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
    const tear = this.#faults.tearWrite;
    if (tear !== null && this.path.endsWith(tear.pathEnds)) {
      this.#faults.tearWrite = null;
      this.#writePart(buffers, position, Math.min(tear.afterBytes, total));
      throw ioError(this.path, 'write');
    }
    if (total > this.#faults.bytesLeft) {
      this.#writePart(buffers, position, this.#faults.bytesLeft);
      this.#faults.bytesLeft = 0;
      throw diskFull(this.path);
    }
    this.#faults.bytesLeft -= total;
    this.#inner.write(buffers, position);
  }

  truncate(size: number): void {
    countChange(this.#faults);
    this.#inner.truncate(size);
    const synced = this.#syncedSizes.get(this.path);
    if (synced !== undefined && synced > size) this.#syncedSizes.set(this.path, size);
  }

  async sync(): Promise<void> {
    this.#onSync();
    // What is written while a sync runs may be lost all the same.
    const size = this.#inner.size();
    await this.#faults.slowSync;
    if (this.#faults.failSync) throw ioError(this.path, 'fsync');
    await this.#inner.sync();
    this.#syncedSizes.set(this.path, size);
  }

  syncNow(): void {
    this.#onSync();
    if (this.#faults.failSync) throw ioError(this.path, 'fsync');
    this.#inner.syncNow();
    this.#syncedSizes.set(this.path, this.#inner.size());
  }

  close(): void {
    this.#inner.close();
  }

  #writePart(buffers: readonly Uint8Array[], position: number, length: number): void {
    this.#inner.write([Buffer.concat(buffers).subarray(0, length)], position);
  }
}

function countChange(faults: Faults): void {
  if (faults.changesLeft <= 0) throw new Error('the process is dead');
  faults.changesLeft -= 1;
}

function diskFull(path: string): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, write '${path}'`), { code: 'ENOSPC' });
}

function ioError(path: string, call: string): Error {
  return Object.assign(new Error(`EIO: i/o error, ${call} '${path}'`), { code: 'EIO' });
}
