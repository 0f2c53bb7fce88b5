/**
 * Where the broker keeps its bytes. Everything above this folder reads and writes through these two interfaces, so that
 * the same code runs on a disk, in memory, and on a disk that fails in the ways that disks fail.
 *
 * Reads and writes are synchronous: sixteen kibibytes cost 8 µs this way and 58 µs through the thread pool, and they end
 * in the page cache either way. Only `sync`, which waits for the device, is asynchronous.
 *
 * @throws every method throws the error of the file system (`ENOSPC`, `EIO`, …) as it is.
 */
export interface Files {
  /** The file at a path; made empty when it is missing, but only at the first use that needs it. */
  open(path: string): OpenFile;
  exists(path: string): boolean;
  /** Names in a folder, sorted; none when the folder is missing. */
  list(folder: string): string[];
  makeFolder(path: string): void;
  /** Renames a file or folder, replacing what was there. */
  rename(from: string, to: string): void;
  /** Removes a file or a folder with all in it; nothing happens when it is missing. */
  remove(path: string): void;
  /** Puts the names of a folder on the device: what was made, renamed and removed in it before the call. */
  syncFolder(folder: string): void;
  /**
   * Removes a file or a folder with all in it when there is time: freeing a gigabyte keeps the caller of {@link remove}
   * waiting. What can't be removed stays, and nobody is told: it has a name by then that tells what it is.
   */
  discard(path: string): void;
  /** All bytes of a small file, or null when it is missing. */
  readWhole(path: string): Uint8Array | null;
  /**
   * Replaces a small file so that the death of the process leaves either the old or the new bytes. With `sync`, the
   * default, a power cut does so too, and the new bytes are on the device; it costs a wait of milliseconds.
   */
  replace(path: string, bytes: Uint8Array, options?: ReplaceOptions): void;
  /** The size of the volume that a folder is on, and what is left of it; −1 where there is no telling. */
  volume(folder: string): Volume;
  /**
   * Takes a folder for this process.
   *
   * @throws MillraceError `DATA_FOLDER_LOCKED` when a live process has it.
   */
  lock(folder: string): FolderLock;
}

export type Volume = { readonly totalBytes: number; readonly usableBytes: number };

export type ReplaceOptions = { readonly sync: boolean };

export interface OpenFile {
  readonly path: string;
  size(): number;
  /** Fills the target from a position and answers how many bytes there were. */
  read(target: Uint8Array, position: number): number;
  /** Writes buffers one after the other from a position on, in one call. */
  write(buffers: readonly Uint8Array[], position: number): void;
  truncate(size: number): void;
  /** Resolves when everything written before the call is on the device. */
  sync(): Promise<void>;
  /** The same, and waits for the device: for what is rare and must be safe before anything depends on it. */
  syncNow(): void;
  /** Gives the descriptor back; the file may be used again and is then opened again. */
  close(): void;
}

export interface FolderLock {
  release(): void;
}
