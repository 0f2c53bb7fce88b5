import { MillraceError } from '@millrace/base';
import type { Files, FolderLock, OpenFile, Volume } from './files.ts';

/** Bytes are kept in slabs of this size, so that a growing file is never copied. */
const SLAB_BYTES = 64 * 1024;

/** Files in memory: for tests, and for a broker that forgets everything when it stops. */
export class MemoryFiles implements Files {
  readonly #files = new Map<string, MemoryFile>();
  readonly #folders = new Set<string>();
  readonly #locked = new Set<string>();

  open(path: string): OpenFile {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = new MemoryFile(path);
      this.#files.set(path, file);
    }
    return file;
  }

  exists(path: string): boolean {
    return this.#files.has(path) || this.#folders.has(path);
  }

  list(folder: string): string[] {
    const prefix = `${folder}/`;
    const names = new Set<string>();
    for (const path of [...this.#files.keys(), ...this.#folders]) {
      if (path.startsWith(prefix)) names.add(path.slice(prefix.length).split('/')[0]!);
    }
    return [...names].sort();
  }

  makeFolder(path: string): void {
    this.#folders.add(path);
  }

  rename(from: string, to: string): void {
    this.remove(to);
    if (this.#folders.delete(from)) this.#folders.add(to);
    for (const [path, file] of [...this.#files]) {
      if (path !== from && !path.startsWith(`${from}/`)) continue;
      this.#files.delete(path);
      file.path = to + path.slice(from.length);
      this.#files.set(file.path, file);
    }
  }

  remove(target: string): void {
    const within = (path: string): boolean => path === target || path.startsWith(`${target}/`);
    for (const path of [...this.#files.keys()]) if (within(path)) this.#files.delete(path);
    for (const path of [...this.#folders]) if (within(path)) this.#folders.delete(path);
  }

  discard(path: string): void {
    this.remove(path);
  }

  syncFolder(): void {}

  readWhole(path: string): Uint8Array | null {
    const file = this.#files.get(path);
    if (file === undefined) return null;
    const bytes = new Uint8Array(file.size());
    file.read(bytes, 0);
    return bytes;
  }

  replace(path: string, bytes: Uint8Array): void {
    const file = this.open(path);
    file.truncate(0);
    file.write([bytes], 0);
  }

  volume(): Volume {
    return { totalBytes: -1, usableBytes: -1 };
  }

  lock(folder: string): FolderLock {
    if (this.#locked.has(folder)) {
      throw new MillraceError('DATA_FOLDER_LOCKED', `the data folder ${folder} is in use by another broker`);
    }
    this.#locked.add(folder);
    return { release: () => void this.#locked.delete(folder) };
  }

  /** What kill −9 does: locks are let go, bytes stay. */
  dropLocks(): void {
    this.#locked.clear();
  }

  /** A copy that shares nothing, to try several futures from one state. */
  clone(): MemoryFiles {
    const copy = new MemoryFiles();
    for (const path of this.#folders) copy.makeFolder(path);
    for (const path of this.#files.keys()) copy.replace(path, this.readWhole(path)!);
    return copy;
  }
}

class MemoryFile implements OpenFile {
  path: string;
  #size = 0;
  #slabs: Uint8Array[] = [];

  constructor(path: string) {
    this.path = path;
  }

  size(): number {
    return this.#size;
  }

  read(target: Uint8Array, position: number): number {
    const count = Math.max(0, Math.min(target.byteLength, this.#size - position));
    for (let done = 0; done < count; ) {
      const at = position + done;
      const from = at % SLAB_BYTES;
      const length = Math.min(SLAB_BYTES - from, count - done);
      target.set(this.#slab(at).subarray(from, from + length), done);
      done += length;
    }
    return count;
  }

  write(buffers: readonly Uint8Array[], position: number): void {
    let at = position;
    for (const buffer of buffers) {
      for (let done = 0; done < buffer.byteLength; ) {
        const from = at % SLAB_BYTES;
        const length = Math.min(SLAB_BYTES - from, buffer.byteLength - done);
        this.#slab(at).set(buffer.subarray(done, done + length), from);
        done += length;
        at += length;
      }
    }
    this.#size = Math.max(this.#size, at);
  }

  truncate(size: number): void {
    if (size < this.#size) {
      this.#slabs.length = Math.ceil(size / SLAB_BYTES);
      // What a file grows over later reads as zeros, as on a disk.
      if (size % SLAB_BYTES !== 0) this.#slab(size).fill(0, size % SLAB_BYTES);
    }
    this.#size = size;
  }

  async sync(): Promise<void> {}

  syncNow(): void {}

  close(): void {}

  #slab(position: number): Uint8Array {
    const index = Math.floor(position / SLAB_BYTES);
    while (this.#slabs.length <= index) this.#slabs.push(new Uint8Array(SLAB_BYTES));
    return this.#slabs[index]!;
  }
}
