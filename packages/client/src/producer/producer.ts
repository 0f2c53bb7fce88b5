import { type Closeable, type CloseOptions, MillraceError } from '@millrace/base';
import type { RecordHeader } from '@millrace/protocol';
import type { ProducerOptions, ProducerRecord, RecordMetadata } from './producer-options.ts';

/** Sends records in batches; idempotent unless told otherwise. */
export class Producer implements Closeable {
  /** Bytes that were appended and are neither delivered nor given up. */
  get bufferedBytes(): number {
    throw notYet();
  }

  /** False at `bufferBytesMax`: whoever appends should wait. */
  get hasRoom(): boolean {
    throw notYet();
  }

  /** The failure that stopped this producer: records were given up, and order can't be kept any more. */
  get failure(): MillraceError | undefined {
    throw notYet();
  }

  constructor(options: ProducerOptions) {
    void options;
  }

  /**
   * Encodes a record into the open batch of its partition, at once: key and value may be reused afterwards. Never
   * waits and never refuses for want of room: ask `hasRoom` between slices of work.
   *
   * @throws MillraceError the producer's `failure`, `RECORD_TOO_LARGE`, or `CLOSED`.
   */
  append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly RecordHeader[] | null = null,
  ): void {
    void [topic, partition, key, value, timestamp, headers];
    throw notYet();
  }

  /** Sends one record and waits for its delivery; waits for room first. */
  send(record: ProducerRecord, options: { readonly signal?: AbortSignal } = {}): Promise<RecordMetadata> {
    void [record, options];
    throw notYet();
  }

  /** Waits until there is room in the buffer. */
  waitForRoom(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    void options;
    throw notYet();
  }

  /** Sends what was appended and waits until all of it is delivered. @throws the producer's `failure`. */
  flush(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
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
