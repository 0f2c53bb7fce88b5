/** A batch that was appended a moment ago, still in memory. */
type TailBatch = { readonly baseOffset: number; readonly lastOffset: number; readonly bytes: Uint8Array };

/** A batch that pins more than this many times its size is copied: views of large network reads must not stay for one record. */
const PINNED_RATIO_MAX = 4;

/** Entries that were taken from the front of an array before the array is cut. */
const SHIFT_ENTRIES = 1024;

/** Stands where a dropped batch stood until the array is cut, so that its bytes are free at once. */
const DROPPED: TailBatch = { baseOffset: -1, lastOffset: -1, bytes: new Uint8Array(0) };

/**
 * The newest batches of all partitions, so that consumers that keep up never read a file. The oldest batch of the broker
 * goes first, whatever its partition: a busy partition has a long tail, a quiet one none.
 */
export class TailCache {
  readonly #bytesMax: number;
  readonly #order: LogTail[] = [];
  #head = 0;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  makeTail(): LogTail {
    return new LogTail((tail, bytes) => this.#changed(tail, bytes));
  }

  #changed(tail: LogTail, bytes: number): void {
    this.#bytes += bytes;
    if (bytes > 0) this.#order.push(tail);
    while (this.#bytes > this.#bytesMax && this.#head < this.#order.length) this.#order[this.#head++]!.dropOldest();
    if (this.#head > SHIFT_ENTRIES) {
      this.#order.splice(0, this.#head);
      this.#head = 0;
    }
  }
}

/** The newest batches of one partition, without a gap up to its end. */
export class LogTail {
  readonly #changed: (tail: LogTail, bytes: number) => void;
  readonly #batches: TailBatch[] = [];
  #head = 0;

  constructor(changed: (tail: LogTail, bytes: number) => void) {
    this.#changed = changed;
  }

  add(baseOffset: number, lastOffset: number, batch: Uint8Array): void {
    const bytes = batch.buffer.byteLength > batch.byteLength * PINNED_RATIO_MAX ? Uint8Array.from(batch) : batch;
    this.#batches.push({ baseOffset, lastOffset, bytes });
    this.#changed(this, bytes.byteLength);
  }

  dropOldest(): void {
    const oldest = this.#batches[this.#head];
    if (oldest === undefined) return;
    this.#batches[this.#head] = DROPPED;
    this.#head += 1;
    if (this.#head > SHIFT_ENTRIES || this.#head === this.#batches.length) {
      this.#batches.splice(0, this.#head);
      this.#head = 0;
    }
    this.#changed(this, -oldest.bytes.byteLength);
  }

  /** Forgets the batches before an offset: the file has something else there now. */
  dropBefore(offset: number): void {
    while (this.#head < this.#batches.length && this.#batches[this.#head]!.baseOffset < offset) this.dropOldest();
  }

  clear(): void {
    while (this.#batches.length > this.#head) this.dropOldest();
  }

  /** As `Segment.read`, or null when the offset is older than what is here. `endOffset` bounds what may be seen. */
  read(offset: number, maxBytes: number, endOffset: number): Uint8Array | null {
    const first = this.#indexOf(offset);
    if (first < 0) return null;
    let bytes = 0;
    let count = 0;
    for (let index = first; index < this.#batches.length; index++) {
      const batch = this.#batches[index]!;
      if (batch.lastOffset >= endOffset || (count > 0 && bytes + batch.bytes.byteLength > maxBytes)) break;
      bytes += batch.bytes.byteLength;
      count += 1;
    }
    if (count === 0) return null;
    if (count === 1) return this.#batches[first]!.bytes;
    const joined = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (let index = first; index < first + count; index++) {
      joined.set(this.#batches[index]!.bytes, at);
      at += this.#batches[index]!.bytes.byteLength;
    }
    return joined;
  }

  #indexOf(offset: number): number {
    let low = this.#head;
    let high = this.#batches.length;
    if (low === high || offset < this.#batches[low]!.baseOffset) return -1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#batches[middle]!.lastOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low < this.#batches.length ? low : -1;
  }
}
