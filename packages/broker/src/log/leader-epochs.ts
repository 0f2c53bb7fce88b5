import path from 'node:path';
import type { Files } from '../storage/files.ts';
import { type LeaderEpochStart, readEpochCheckpoint, writeEpochCheckpoint } from './checkpoints.ts';

export type EpochEnd = { readonly epoch: number; readonly endOffset: number };

/**
 * At which offset each leader epoch began (KIP-101). One node has one leader, but its epoch rises with each start after
 * an unclean stop, so that a consumer which read what a power cut then took away is told where the log really ended.
 */
export class LeaderEpochs {
  readonly #files: Files;
  readonly #path: string;
  #starts: readonly LeaderEpochStart[];

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#path = path.join(folder, 'leader-epoch-checkpoint');
    this.#starts = readEpochCheckpoint(files, this.#path);
  }

  /** The last epoch that has records, and where it began; null without any. */
  get latest(): LeaderEpochStart | null {
    return this.#starts.at(-1) ?? null;
  }

  /** Notes that records from an offset on are of an epoch; cheap when it is the epoch of those before. */
  note(epoch: number, startOffset: number): void {
    const latest = this.#starts.at(-1);
    if (latest !== undefined && latest.epoch >= epoch) return;
    this.#save([...this.#starts, { epoch, startOffset }]);
  }

  /** The epoch of the record at an offset, −1 when unknown. */
  epochAt(offset: number): number {
    let epoch = -1;
    for (const start of this.#starts) if (start.startOffset <= offset) epoch = start.epoch;
    return epoch;
  }

  /**
   * Where the records of an earlier epoch end, and which epoch they are of: that one, or the last before it of which there
   * are records. An epoch of which a power cut took all records ends where the log ended when it came back.
   */
  endOf(epoch: number, logEndOffset: number): EpochEnd {
    const next = this.#starts.findIndex((start) => start.epoch > epoch);
    const known = next < 0 ? this.#starts.at(-1) : this.#starts[next - 1];
    return { epoch: known?.epoch ?? epoch, endOffset: this.#starts[next]?.startOffset ?? logEndOffset };
  }

  /** Forgets epochs that began after the end of a log that was cut. */
  truncate(endOffset: number): void {
    const kept = this.#starts.filter((start) => start.startOffset < endOffset);
    if (kept.length === this.#starts.length) return;
    this.#save(kept);
  }

  /** The file first: what it does not have is tried again with the next record. */
  #save(starts: readonly LeaderEpochStart[]): void {
    writeEpochCheckpoint(this.#files, this.#path, starts);
    this.#starts = starts;
  }
}
