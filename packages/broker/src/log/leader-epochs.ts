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
  #starts: LeaderEpochStart[];

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#path = path.join(folder, 'leader-epoch-checkpoint');
    this.#starts = readEpochCheckpoint(files, this.#path);
  }

  /** Notes that records from an offset on are of an epoch; cheap when it is the epoch of those before. */
  note(epoch: number, startOffset: number): void {
    const latest = this.#starts.at(-1);
    if (latest !== undefined && latest.epoch >= epoch) return;
    this.#starts.push({ epoch, startOffset });
    this.#save();
  }

  /** The epoch of the record at an offset, −1 when unknown. */
  epochAt(offset: number): number {
    let epoch = -1;
    for (const start of this.#starts) if (start.startOffset <= offset) epoch = start.epoch;
    return epoch;
  }

  /** Where records of an epoch end: the last epoch not above it that has records, and the start of the next one. */
  endOf(epoch: number, logEndOffset: number): EpochEnd | null {
    const latest = this.#starts.at(-1);
    if (latest === undefined || epoch > latest.epoch) return null;
    const next = this.#starts.findIndex((start) => start.epoch > epoch);
    if (next < 0) return { epoch: latest.epoch, endOffset: logEndOffset };
    const known = this.#starts[next - 1];
    return { epoch: known?.epoch ?? epoch, endOffset: this.#starts[next]!.startOffset };
  }

  /** Forgets epochs that began after the end of a log that was cut. */
  truncate(endOffset: number): void {
    const kept = this.#starts.filter((start) => start.startOffset < endOffset);
    if (kept.length === this.#starts.length) return;
    this.#starts = kept;
    this.#save();
  }

  #save(): void {
    writeEpochCheckpoint(this.#files, this.#path, this.#starts);
  }
}
