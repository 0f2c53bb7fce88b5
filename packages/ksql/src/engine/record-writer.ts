import type { Clock, Closeable, CloseOptions } from '@millrace/base';
import type { Client, Producer, ProducerRecord, RecordMetadata } from '@millrace/client';
import { waitFor } from './wait.ts';

/** The producer keeps to the limit itself, and knows why; this is for when it does not. */
const GRACE_MS = 5_000;

type RecordWriterOptions = {
  readonly client: Client;
  readonly clock: Clock;
  /** The most time from asking to having the answer of the brokers. */
  readonly timeoutMs: number;
};

type WriteOptions = {
  /** What is written, to be named in the error. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
};

/**
 * Writes single records, each for its own sake. A producer stops for good at its first failure, so that nothing
 * overtakes what was lost; here nothing depends on the record before, and the next one gets a producer anew.
 */
export class RecordWriter implements Closeable {
  readonly #options: RecordWriterOptions;
  #producer: Producer;
  #isClosed = false;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
    this.#producer = this.#newProducer();
  }

  /** @throws MillraceError `TIMEOUT`, `ABORTED` or the producer's: the record may have been written all the same */
  async write(record: ProducerRecord, { what, signal }: WriteOptions): Promise<RecordMetadata> {
    if (this.#producer.failure !== undefined && !this.#isClosed) {
      await this.#producer.close({ timeoutMs: 0 });
      this.#producer = this.#newProducer();
    }
    const { clock } = this.#options;
    const timeoutMs = this.#options.timeoutMs + GRACE_MS;
    return await waitFor(this.#producer.send(record), { clock, timeoutMs, what, signal });
  }

  close(options: CloseOptions = {}): Promise<void> {
    this.#isClosed = true;
    return this.#producer.close(options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #newProducer(): Producer {
    const { client, timeoutMs } = this.#options;
    return client.producer({ lingerMs: 0, deliveryTimeoutMs: timeoutMs });
  }
}
