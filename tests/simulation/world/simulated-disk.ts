import type { Files, FolderLock, OpenFile, ReplaceOptions, Volume } from '@millrace/broker/testing';
import { Inode } from './inode.ts';
import { changeNames, isWithin, type NameChange, type Names } from './names.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { World } from './world.ts';

/** Faults of a disk; all are off at first. */
export type DiskFaults = {
  /** What is left of it. */
  bytesLeft: number;
  /** How long the next sync takes. */
  syncMs: () => number;
  /** Whether a sync fails. What it should have saved is lost with the power, whatever later syncs say. */
  failsSync: () => boolean;
  /** Whether a sync only says that it was done: a planted bug. */
  lies: boolean;
  /** Kills the process in the middle of the write after so many. */
  crashAfterWrites: number;
};

/** What a disk holds: in the page cache, on the device, and the changes of names that the device does not have yet. */
type Image = { readonly names: Names; readonly durableNames: Names; readonly journal: NameChange[]; order: number };

/**
 * A disk behind a page cache, as a journaling file system keeps it. What was written is in the cache, and there for the
 * next process; a power cut leaves what was synced, and of the rest any state in which the journal may have been: changes
 * of names in their order, and of each file what it grew by until then, the last write cut anywhere. A sync of any
 * file takes the journal with it.
 */
export class SimulatedDisk implements Files {
  readonly faults: DiskFaults = {
    bytesLeft: Number.POSITIVE_INFINITY,
    syncMs: () => 2,
    failsSync: () => false,
    lies: false,
    crashAfterWrites: Number.POSITIVE_INFINITY,
  };
  readonly #world: World;
  readonly #process: SimulatedProcess;
  readonly #image: Image;
  /** The image when the process was killed: its code may run on for a moment, but nobody sees what it does. */
  #atDeath: Image | null = null;

  constructor(world: World, process: SimulatedProcess, image?: Image) {
    this.#world = world;
    this.#process = process;
    this.#image = image ?? { names: new Map(), durableNames: new Map(), journal: [], order: 0 };
    process.onKilled(() => {
      this.#atDeath = copyOf(this.#image);
    });
  }

  open(path: string): OpenFile {
    return new SimulatedFile(this, path);
  }

  exists(path: string): boolean {
    for (const name of this.#image.names.keys()) if (isWithin(name, path)) return true;
    return false;
  }

  list(folder: string): string[] {
    const prefix = `${folder}/`;
    const found = new Set<string>();
    for (const path of this.#image.names.keys()) {
      if (path.startsWith(prefix)) found.add(path.slice(prefix.length).split('/')[0]!);
    }
    return [...found].sort();
  }

  makeFolder(): void {}

  /** The journal is one for all folders. */
  syncFolder(): void {
    if (!this.faults.lies) this.#commitJournal(this.#image.order);
  }

  rename(from: string, to: string): void {
    this.#changeNames({ kind: 'rename', order: this.#image.order++, from, to });
  }

  remove(target: string): void {
    if (this.exists(target)) this.#changeNames({ kind: 'remove', order: this.#image.order++, target });
  }

  discard(path: string): void {
    this.remove(path);
  }

  readWhole(path: string): Uint8Array | null {
    const inode = this.#image.names.get(path);
    return inode === undefined ? null : Buffer.from(inode.bytes);
  }

  replace(path: string, bytes: Uint8Array, { sync }: ReplaceOptions = { sync: true }): void {
    this.#world.trace(this.#process.name, `replace ${path} ${bytes.byteLength}`);
    if (bytes.byteLength > this.faults.bytesLeft) throw diskFull(path);
    this.faults.bytesLeft -= bytes.byteLength;
    const inode = new Inode();
    inode.write(Buffer.from(bytes), 0, this.#image.order++);
    const isSynced = sync && !this.faults.lies;
    if (isSynced) inode.syncedUpTo(this.#image.order);
    this.#changeNames({ kind: 'link', order: this.#image.order++, path, inode });
    if (isSynced) this.#commitJournal(this.#image.order);
  }

  volume(): Volume {
    return { totalBytes: -1, usableBytes: -1 };
  }

  lock(): FolderLock {
    return { release: () => {} };
  }

  /** The process died: the next one gets the cache as it was. */
  afterDeath(next: SimulatedProcess): SimulatedDisk {
    const image = this.#atDeath ?? copyOf(this.#image);
    for (const inode of new Set([...image.names.values(), ...image.durableNames.values()])) inode.processEnded();
    return this.#successor(next, image);
  }

  /** The power went: what is left is what the device has, and what of the rest happened to be on it. */
  afterPowerLoss(next: SimulatedProcess): SimulatedDisk {
    const { random } = this.#world;
    const { journal, order, durableNames } = this.#atDeath ?? this.#image;
    const oldest = journal[0]?.order ?? order;
    const journalEnd = random.int(2) === 0 ? order : oldest + random.int(order - oldest + 1);
    const names = new Map(durableNames);
    for (const change of journal) if (change.order < journalEnd) changeNames(names, change);
    const left: Image = { names: new Map(), durableNames: new Map(), journal: [], order };
    const survivors = new Map<Inode, Inode>();
    for (const [path, inode] of names) {
      let survivor = survivors.get(inode);
      if (survivor === undefined) {
        survivor = inode.afterPowerLoss(random, journalEnd);
        survivors.set(inode, survivor);
      }
      left.names.set(path, survivor);
      left.durableNames.set(path, survivor);
    }
    return this.#successor(next, left);
  }

  /** For a {@link SimulatedFile}. */
  bytesOf(path: string): Buffer | null {
    return this.#image.names.get(path)?.bytes ?? null;
  }

  write(path: string, buffers: readonly Uint8Array[], position: number): void {
    const bytes = Buffer.concat(buffers);
    this.#world.trace(this.#process.name, `write ${path} ${position}+${bytes.byteLength}`);
    const inode = this.#made(path);
    if (!this.#process.isDead && --this.faults.crashAfterWrites < 0) {
      const kept = this.#world.random.int(bytes.byteLength + 1);
      inode.write(bytes.subarray(0, kept), position, this.#image.order++);
      this.#world.tell(this.#process.name, `dies in a write of ${bytes.byteLength} bytes to ${path}, after ${kept}`);
      this.#process.kill();
      // Its code goes on for a moment, and must not take this for done; nobody sees what it makes of it.
      throw ioError(path, 'write');
    }
    const room = Math.min(bytes.byteLength, this.faults.bytesLeft);
    inode.write(bytes.subarray(0, room), position, this.#image.order++);
    this.faults.bytesLeft -= room;
    if (room < bytes.byteLength) throw diskFull(path);
  }

  truncate(path: string, size: number): void {
    this.#world.trace(this.#process.name, `truncate ${path} ${size}`);
    this.#made(path).truncate(size, this.#image.order++);
  }

  sync(path: string): Promise<void> {
    const inode = this.#made(path);
    const order = this.#image.order++;
    const fails = this.faults.failsSync();
    if (fails) inode.syncFailed();
    return new Promise((resolve, reject) => {
      this.#process.setTimer(this.faults.syncMs(), () => {
        this.#world.trace(this.#process.name, `synced ${path}`);
        if (fails) {
          this.#world.tell(this.#process.name, `fsync of ${path} fails`);
          reject(ioError(path, 'fsync'));
          return;
        }
        if (!this.faults.lies) {
          inode.syncedUpTo(order);
          this.#commitJournal(order);
        }
        resolve();
      });
    });
  }

  syncNow(path: string): void {
    if (this.faults.failsSync()) {
      this.#made(path).syncFailed();
      throw ioError(path, 'fsync');
    }
    if (this.faults.lies) return;
    this.#made(path).syncedUpTo(this.#image.order);
    this.#commitJournal(this.#image.order);
  }

  #made(path: string): Inode {
    const known = this.#image.names.get(path);
    if (known !== undefined) return known;
    const inode = new Inode();
    this.#changeNames({ kind: 'link', order: this.#image.order++, path, inode });
    return inode;
  }

  #changeNames(change: NameChange): void {
    changeNames(this.#image.names, change);
    this.#image.journal.push(change);
  }

  #commitJournal(upTo: number): void {
    const { journal, durableNames } = this.#image;
    let count = 0;
    while (count < journal.length && journal[count]!.order < upTo) {
      changeNames(durableNames, journal[count]!);
      count += 1;
    }
    journal.splice(0, count);
  }

  #successor(process: SimulatedProcess, image: Image): SimulatedDisk {
    const disk = new SimulatedDisk(this.#world, process, image);
    Object.assign(disk.faults, this.faults, { crashAfterWrites: Number.POSITIVE_INFINITY });
    return disk;
  }
}

class SimulatedFile implements OpenFile {
  readonly path: string;
  readonly #disk: SimulatedDisk;

  constructor(disk: SimulatedDisk, path: string) {
    this.#disk = disk;
    this.path = path;
  }

  size(): number {
    return this.#disk.bytesOf(this.path)?.byteLength ?? 0;
  }

  read(target: Uint8Array, position: number): number {
    const bytes = this.#disk.bytesOf(this.path);
    return bytes === null || position >= bytes.byteLength ? 0 : bytes.copy(target, 0, position);
  }

  write(buffers: readonly Uint8Array[], position: number): void {
    this.#disk.write(this.path, buffers, position);
  }

  truncate(size: number): void {
    this.#disk.truncate(this.path, size);
  }

  sync(): Promise<void> {
    return this.#disk.sync(this.path);
  }

  syncNow(): void {
    this.#disk.syncNow(this.path);
  }

  close(): void {}
}

/** A copy that shares nothing; two names of one file stay so. */
function copyOf({ names, durableNames, journal, order }: Image): Image {
  const copies = new Map<Inode, Inode>();
  const copied = (inode: Inode): Inode => {
    const copy = copies.get(inode) ?? inode.clone();
    copies.set(inode, copy);
    return copy;
  };
  const all = (source: Names): Names => new Map([...source].map(([path, inode]) => [path, copied(inode)]));
  return {
    names: all(names),
    durableNames: all(durableNames),
    journal: journal.map((change) => (change.kind === 'link' ? { ...change, inode: copied(change.inode) } : change)),
    order,
  };
}

function diskFull(path: string): Error {
  return Object.assign(new Error(`ENOSPC: no space left on device, write '${path}'`), { code: 'ENOSPC' });
}

function ioError(path: string, call: string): Error {
  return Object.assign(new Error(`EIO: i/o error, ${call} '${path}'`), { code: 'EIO' });
}
