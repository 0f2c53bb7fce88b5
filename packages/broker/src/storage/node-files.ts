import fs from 'node:fs';
import path from 'node:path';
import { assert } from '@millrace/base';
import type { Files, FolderLock, OpenFile, ReplaceOptions, Volume } from './files.ts';
import { lockFolder } from './folder-lock.ts';

/** Descriptors held open at once. Thousands of partitions have three files each; most are quiet at any time. */
const OPEN_DESCRIPTORS_MAX = 512;

/** Buffers that one writev call takes (IOV_MAX of Linux and macOS). */
const WRITEV_BUFFERS_MAX = 1024;

/** Files of the operating system, with a bounded number of descriptors: the least recently used is closed. */
export class NodeFiles implements Files {
  readonly #descriptors = new DescriptorCache();

  open(filePath: string): OpenFile {
    return new NodeFile(filePath, this.#descriptors);
  }

  exists(filePath: string): boolean {
    return fs.existsSync(filePath);
  }

  list(folder: string): string[] {
    try {
      return fs.readdirSync(folder).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  makeFolder(folder: string): void {
    fs.mkdirSync(folder, { recursive: true });
  }

  rename(from: string, to: string): void {
    fs.renameSync(from, to);
  }

  remove(target: string): void {
    fs.rmSync(target, { recursive: true, force: true });
  }

  discard(target: string): void {
    fs.rm(target, { recursive: true, force: true }, () => {});
  }

  syncFolder(folder: string): void {
    // Windows keeps names without being asked, and does not open folders.
    if (process.platform === 'win32') return;
    const descriptor = fs.openSync(folder, 'r');
    try {
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
  }

  readWhole(filePath: string): Uint8Array | null {
    try {
      return fs.readFileSync(filePath);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  replace(filePath: string, bytes: Uint8Array, { sync }: ReplaceOptions = { sync: true }): void {
    const temporary = `${filePath}.tmp`;
    const descriptor = fs.openSync(temporary, 'w');
    try {
      fs.writeSync(descriptor, bytes);
      if (sync) fs.fdatasyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, filePath);
    if (sync) this.syncFolder(path.dirname(filePath));
  }

  volume(folder: string): Volume {
    const { blocks, bavail, bsize } = fs.statfsSync(folder);
    return { totalBytes: blocks * bsize, usableBytes: bavail * bsize };
  }

  lock(folder: string): FolderLock {
    this.makeFolder(folder);
    return lockFolder(path.join(folder, '.lock'));
  }
}

class NodeFile implements OpenFile {
  readonly path: string;
  readonly #cache: DescriptorCache;
  /** −1 while the file is closed. Managed by the cache. */
  descriptor = -1;
  /** How many syncs run on the descriptor; it is not closed meanwhile. */
  syncing = 0;
  closeAfterSync = false;

  constructor(filePath: string, cache: DescriptorCache) {
    this.path = filePath;
    this.#cache = cache;
  }

  size(): number {
    if (this.descriptor >= 0) return fs.fstatSync(this.descriptor).size;
    try {
      return fs.statSync(this.path).size;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }

  read(target: Uint8Array, position: number): number {
    const descriptor = this.#cache.use(this);
    let filled = 0;
    while (filled < target.byteLength) {
      const count = fs.readSync(descriptor, target, filled, target.byteLength - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }

  write(buffers: readonly Uint8Array[], position: number): void {
    const descriptor = this.#cache.use(this);
    let at = position;
    for (let first = 0; first < buffers.length; first += WRITEV_BUFFERS_MAX) {
      const part = buffers.length <= WRITEV_BUFFERS_MAX ? buffers : buffers.slice(first, first + WRITEV_BUFFERS_MAX);
      at += writeFully(descriptor, part, at);
    }
  }

  truncate(size: number): void {
    fs.ftruncateSync(this.#cache.use(this), size);
  }

  sync(): Promise<void> {
    const descriptor = this.#cache.use(this);
    this.syncing += 1;
    return new Promise((resolve, reject) => {
      fs.fdatasync(descriptor, (error) => {
        this.syncing -= 1;
        if (this.closeAfterSync) this.close();
        if (error === null) resolve();
        else reject(error);
      });
    });
  }

  syncNow(): void {
    fs.fdatasyncSync(this.#cache.use(this));
  }

  close(): void {
    this.closeAfterSync = this.syncing > 0;
    if (!this.closeAfterSync) this.#cache.close(this);
  }
}

/** Opens descriptors on first use and closes the least recently used one above the limit. A Map keeps the order of use. */
class DescriptorCache {
  readonly #open = new Set<NodeFile>();
  #latest: NodeFile | null = null;

  use(file: NodeFile): number {
    if (file === this.#latest && file.descriptor >= 0) return file.descriptor;
    file.closeAfterSync = false;
    if (file.descriptor < 0) {
      file.descriptor = fs.openSync(file.path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o644);
    } else {
      this.#open.delete(file);
    }
    this.#open.add(file);
    this.#latest = file;
    if (this.#open.size > OPEN_DESCRIPTORS_MAX) this.#closeOldest();
    return file.descriptor;
  }

  close(file: NodeFile): void {
    if (file.descriptor < 0) return;
    assert(file.syncing === 0, `closed ${file.path} while it is synced`);
    fs.closeSync(file.descriptor);
    file.descriptor = -1;
    this.#open.delete(file);
  }

  #closeOldest(): void {
    for (const file of this.#open) {
      if (file.syncing > 0 || file === this.#latest) continue;
      this.close(file);
      return;
    }
  }
}

/** A short write is how a full disk begins: the rest is tried again, and then fails with the reason. */
function writeFully(descriptor: number, buffers: readonly Uint8Array[], position: number): number {
  let total = 0;
  for (const buffer of buffers) total += buffer.byteLength;
  let written = fs.writevSync(descriptor, buffers, position);
  if (written < total) {
    const rest = Buffer.concat(buffers).subarray(written);
    let from = 0;
    while (from < rest.byteLength)
      from += fs.writeSync(descriptor, rest, from, rest.byteLength - from, position + written + from);
    written += from;
  }
  return written;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
