import { type Closeable, type CloseOptions, MillraceError } from '@millrace/base';
import type { FetchedPartition, FetcherOptions, StartOffset } from './fetcher-options.ts';

export type PollOptions = {
  /** How long to wait for the first fetched bytes; 0 looks only at what is there. Default: 500 ms. */
  readonly maxWaitMs?: number;
  readonly signal?: AbortSignal;
};

/** Reads partitions that its owner assigns by hand, in the background, while the owner works on what was read. */
export class Fetcher implements Closeable {
  constructor(options: FetcherOptions) {
    void options;
  }

  /** Bytes that were fetched and not yet polled. */
  get bufferedBytes(): number {
    throw notYet();
  }

  assign(topic: string, partition: number, start: StartOffset): void {
    void [topic, partition, start];
    throw notYet();
  }

  unassign(topic: string, partition: number): void {
    void [topic, partition];
    throw notYet();
  }

  /** Goes on elsewhere; what was fetched before is dropped. */
  seek(topic: string, partition: number, start: StartOffset): void {
    void [topic, partition, start];
    throw notYet();
  }

  /** Keeps what is buffered, gives out nothing more until `resume`. */
  pause(topic: string, partition: number): void {
    void [topic, partition];
    throw notYet();
  }

  resume(topic: string, partition: number): void {
    void [topic, partition];
    throw notYet();
  }

  isPaused(topic: string, partition: number): boolean {
    void [topic, partition];
    throw notYet();
  }

  /** The offset after what `poll` gave last; undefined until the start offset was looked up. */
  position(topic: string, partition: number): number | undefined {
    void [topic, partition];
    throw notYet();
  }

  /** The fetched partitions, at most one entry each; empty after `maxWaitMs`. @throws `OFFSET_OUT_OF_RANGE` under reset `none`. */
  poll(options: PollOptions = {}): Promise<readonly FetchedPartition[]> {
    void options;
    throw notYet();
  }

  close(options: CloseOptions = {}): Promise<void> {
    void options;
    throw notYet();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function notYet(): MillraceError {
  return new MillraceError('NOT_IMPLEMENTED', 'not built yet');
}
