import type { Random } from '@millrace/base';

/** What was done to a file and is not on the device yet. */
type Change =
  | { readonly kind: 'write'; readonly order: number; readonly position: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly order: number; readonly size: number };

/** The bytes of a file, as the page cache has them and as the device has them. */
export class Inode {
  #cache = new Bytes();
  #device = new Bytes();
  #unsynced: Change[] = [];
  /** What a failed sync should have saved; the process that was told so must not believe in a later one. */
  #failed: Change[] = [];

  get bytes(): Buffer {
    return this.#cache.view();
  }

  /** Takes bytes that nobody changes any more. */
  write(bytes: Uint8Array, position: number, order: number): void {
    this.#cache.write(bytes, position);
    this.#unsynced.push({ kind: 'write', order, position, bytes });
  }

  truncate(size: number, order: number): void {
    this.#cache.truncate(size);
    this.#unsynced.push({ kind: 'truncate', order, size });
  }

  /** What was done before this moment is on the device. */
  syncedUpTo(order: number): void {
    let count = 0;
    while (count < this.#unsynced.length && this.#unsynced[count]!.order < order) {
      apply(this.#device, this.#unsynced[count]!);
      count += 1;
    }
    this.#unsynced.splice(0, count);
  }

  /** A sync failed: the system calls the pages clean, and no sync of this process brings them to the device. */
  syncFailed(): void {
    this.#failed.push(...this.#unsynced.splice(0));
  }

  clone(): Inode {
    const copy = new Inode();
    copy.#cache = this.#cache.clone();
    copy.#device = this.#device.clone();
    copy.#unsynced = [...this.#unsynced];
    copy.#failed = [...this.#failed];
    return copy;
  }

  /**
   * The process ended, and the next one saves what it finds: to ask that it writes anew what a sync of the dead one could
   * not save would be asking too much. After a power cut there is nothing left to save.
   */
  processEnded(): void {
    const order = this.#failed.at(-1)?.order;
    if (order === undefined) return;
    const bytes = Buffer.from(this.bytes);
    const device = this.#device.view();
    let same = 0;
    while (same < bytes.byteLength && same < device.byteLength && bytes[same] === device[same]) same += 1;
    this.#failed = [];
    this.#unsynced = [
      { kind: 'write', order, position: same, bytes: bytes.subarray(same) },
      { kind: 'truncate', order, size: bytes.byteLength },
    ];
  }

  /** The device, and of what was done before the journal's end a part: the last of it torn, or all zeros. */
  afterPowerLoss(random: Random, journalEnd: number): Inode {
    const left = new Inode();
    left.#device = this.#device.clone();
    const possible = this.#unsynced.filter((change) => change.order < journalEnd);
    const kept = random.int(2) === 0 ? possible.length : random.int(possible.length + 1);
    possible.slice(0, kept).forEach((change, index) => {
      apply(left.#device, index === kept - 1 ? damaged(change, random) : change);
    });
    left.#cache = left.#device.clone();
    return left;
  }
}

function damaged(change: Change, random: Random): Change {
  if (change.kind === 'truncate') return change;
  switch (random.int(3)) {
    case 0:
      return change;
    case 1:
      return { ...change, bytes: change.bytes.subarray(0, random.int(change.bytes.byteLength + 1)) };
    default: {
      // The file grew, but its last pages were not written.
      const bytes = Buffer.from(change.bytes);
      return { ...change, bytes: bytes.fill(0, random.int(bytes.byteLength + 1)) };
    }
  }
}

function apply(target: Bytes, change: Change): void {
  if (change.kind === 'write') target.write(change.bytes, change.position);
  else target.truncate(change.size);
}

/** Bytes that grow in place; what lies between reads as zeros. */
class Bytes {
  #buffer = Buffer.alloc(256);
  #size = 0;

  view(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  write(bytes: Uint8Array, position: number): void {
    const end = position + bytes.byteLength;
    if (end > this.#buffer.byteLength) {
      const grown = Buffer.alloc(Math.max(end, this.#buffer.byteLength * 2));
      this.#buffer.copy(grown, 0, 0, this.#size);
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, position);
    this.#size = Math.max(this.#size, end);
  }

  truncate(size: number): void {
    if (size < this.#size) this.#buffer.fill(0, size, this.#size);
    else this.write(new Uint8Array(size - this.#size), this.#size);
    this.#size = size;
  }

  clone(): Bytes {
    const copy = new Bytes();
    copy.write(this.view(), 0);
    return copy;
  }
}
