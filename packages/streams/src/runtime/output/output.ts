import type { BatchDelivery, Client, OffsetToCommit } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import { copyBytes } from '../../lib/bytes.ts';
import type { Header } from '../../state/record-context.ts';
import type { DeliveryListener, Setback, StreamsProducer } from './streams-producer.ts';

/** Records without a key go to one partition for so many records, then to the next: fuller batches than one by one. */
const RECORDS_PER_STICKY_PARTITION = 256;

/** A record for a topic whose partitions are not known yet; its bytes are kept until they are. */
type Waiting = {
  readonly partition: number | null;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly timestamp: number;
  readonly headers: readonly Header[];
};

export type OutputOptions = {
  readonly client: Client;
  readonly createProducer: (onDelivery: DeliveryListener) => StreamsProducer;
  /** Called for every batch that was delivered. */
  readonly onProduced: (topic: string, recordCount: number) => void;
  /** Whether to begin anew where brokers did not take records of a topic in time. */
  readonly retries: (error: unknown, topic: string) => boolean;
};

/**
 * Where an application's records leave: sinks, repartition topics and changelogs, through one producer. Appending
 * never waits; what has to (room in the buffer, the partitions of a topic met for the first time) waits in `settle`,
 * between slices of work.
 */
export class Output {
  readonly #client: Client;
  readonly #producer: StreamsProducer;
  readonly #retries: OutputOptions['retries'];
  /** Where the last records were to go that were not delivered. */
  #undelivered = '';
  readonly #onProduced: OutputOptions['onProduced'];
  readonly #partitionCounts = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting[]>();
  /** The offset behind the last record that was delivered to each partition. */
  readonly #delivered = new Map<string, number>();
  #keyless = 0;

  constructor({ client, createProducer, onProduced, retries }: OutputOptions) {
    this.#client = client;
    this.#retries = retries;
    this.#onProduced = onProduced;
    this.#producer = createProducer((delivery) => this.#noteDelivery(delivery));
  }

  /** Before the first record. */
  open(): Promise<void> {
    return this.#producer.open();
  }

  /** Null while they are not known: ask for the topic with `learn` before, or append without a partition. */
  partitionCount(topic: string): number | null {
    return this.#partitionCounts.get(topic) ?? null;
  }

  /** Looks up topics that will be written to. */
  async learn(topics: Iterable<string>): Promise<void> {
    for (const name of topics) {
      if (this.#partitionCounts.has(name)) continue;
      const { partitions } = await this.#client.topic(name);
      this.#partitionCounts.set(name, partitions.length);
    }
  }

  /**
   * Null as partition: by the key's hash, as every Kafka client does it. Bytes are encoded at once, or copied. Throws what
   * is wrong with the record; a failure of the producer is told by `settle` and `flush`, not by the record that meets it.
   */
  append(
    topic: string,
    partition: number | null,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): void {
    const count = this.#partitionCounts.get(topic);
    if (partition === null && count === undefined) {
      this.#keepWaiting(topic, { partition, key, value, timestamp, headers });
      return;
    }
    try {
      this.#producer.append(topic, partition ?? this.#partitionOf(key, count!), key, value, timestamp, headers);
    } catch (error) {
      if (this.#producer.failure === undefined) throw error;
    }
  }

  /** The offset behind the last delivered record of a partition, if this process sent any. */
  deliveredOffset(topic: string, partition: number): number | undefined {
    return this.#delivered.get(`${topic}:${partition}`);
  }

  /** Waits for what keeps records from leaving; between slices of work. @throws the producer's failure. */
  async settle(): Promise<void> {
    if (this.#waiting.size > 0) await this.#release();
    const { failure } = this.#producer;
    if (failure !== undefined) throw failure;
    if (!this.#producer.hasRoom) await this.#producer.waitForRoom();
  }

  /** Waits until everything appended so far is delivered. @throws the producer's failure. */
  async flush(): Promise<void> {
    await this.#release();
    await this.#producer.flush();
  }

  /** Commits how far the inputs of what was flushed were processed. */
  commit(offsets: readonly OffsetToCommit[]): Promise<void> {
    return this.#producer.commit(offsets);
  }

  /** After tasks were lost: see {@link StreamsProducer.takeBack}. */
  async takeBack(): Promise<void> {
    this.#waiting.clear();
    await this.#producer.takeBack();
    // Some of it may have been taken back: only what is delivered from here on says where a changelog stands.
    this.#delivered.clear();
  }

  /** What a failure of `settle`, `flush` or `commit` means. */
  judge(error: unknown): Setback {
    const setback = this.#producer.judge(error);
    if (setback !== 'fatal' || this.#producer.failure === undefined) return setback;
    return this.#retries(error, this.#undelivered) ? 'lost' : 'fatal';
  }

  async close(timeoutMs: number): Promise<void> {
    await this.#producer.close(timeoutMs);
  }

  #partitionOf(key: Uint8Array | null, count: number): number {
    if (key !== null) return partitionForKey(key, count);
    return Math.floor(this.#keyless++ / RECORDS_PER_STICKY_PARTITION) % count;
  }

  #keepWaiting(topic: string, { key, value, ...rest }: Waiting): void {
    const waiting = this.#waiting.get(topic) ?? [];
    this.#waiting.set(topic, waiting);
    waiting.push({
      ...rest,
      key: key === null ? null : copyBytes(key),
      value: value === null ? null : copyBytes(value),
    });
  }

  async #release(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const topics = [...this.#waiting.keys()];
    await this.learn(topics);
    for (const topic of topics) {
      const waiting = this.#waiting.get(topic) ?? [];
      this.#waiting.delete(topic);
      for (const { partition, key, value, timestamp, headers } of waiting) {
        this.append(topic, partition, key, value, timestamp, headers);
      }
    }
  }

  #noteDelivery(delivery: BatchDelivery): void {
    if (delivery.kind === 'failed') this.#undelivered = delivery.topic;
    if (delivery.kind !== 'delivered' || delivery.baseOffset < 0) return;
    const { topic, partition, baseOffset, recordCount } = delivery;
    this.#delivered.set(`${topic}:${partition}`, baseOffset + recordCount);
    this.#onProduced(topic, recordCount);
  }
}
