import { type Closeable, type CloseOptions, MillraceError } from '@millrace/base';
import { type RecordHeader, recordSizeMax } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { closedError, timedOut } from '../lib/errors.ts';
import { abortable, Bell } from '../lib/wait.ts';
import type { OpenTransaction } from './open-transaction.ts';
import { PartitionQueue } from './partition-queue.ts';
import { StickyPartitions } from './partitioner.ts';
import { type BatchResult, ProducerBatch } from './producer-batch.ts';
import type { ProducerOptions, ProducerRecord, RecordMetadata } from './producer-options.ts';
import { type ProducerSettings, producerSettings } from './producer-settings.ts';
import { Sender } from './sender.ts';

const FIRST_BATCH_BYTES = 16 * 1024;
const CLOSE_TIMEOUT_MS_DEFAULT = 30_000;

/** Wrapped, since a promise of a promise would wait for both. */
type Placed = { readonly delivered: Promise<RecordMetadata> };

/**
 * Sends records in batches, by default idempotently: each is stored once and in order, whatever happens on the way.
 * The first failure that retries can't heal stops the producer, since order could not be kept after it.
 */
export class Producer implements Closeable {
  readonly #cluster: Cluster;
  readonly #settings: ProducerSettings;
  readonly #sender: Sender;
  readonly #lane: string;
  readonly #queues = new Map<string, (PartitionQueue | undefined)[]>();
  readonly #sticky: StickyPartitions;
  readonly #roomFreed = new Bell();
  /** Records of `send` that wait for room or for their topic; a flush includes them. */
  readonly #placing = new Set<Promise<Placed>>();
  /** Queues whose open batch waits for more records, in the order in which their time comes. */
  readonly #lingering = new Set<PartitionQueue>();
  #bufferedBytes = 0;
  #batchCount = 0;
  #failure: MillraceError | undefined;
  #closing: Promise<void> | undefined;

  /** Made by {@link Client.producer}, and for each run of transactions by a TransactionalProducer. */
  constructor(cluster: Cluster, lane: string, options: ProducerOptions, transaction?: OpenTransaction) {
    this.#cluster = cluster;
    this.#lane = lane;
    this.#settings = producerSettings(options);
    this.#sticky = new StickyPartitions(cluster.settings.random);
    this.#sender = new Sender(
      cluster,
      this.#settings,
      { lane, transaction },
      {
        onDone: (batch, result) => this.#finish(batch, result),
        onFailure: (error) => this.#stop(error),
      },
    );
  }

  /** Bytes that were appended and are neither delivered nor given up. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** False at `bufferBytesMax`: whoever appends should wait. */
  get hasRoom(): boolean {
    return this.#bufferedBytes < this.#settings.bufferBytesMax;
  }

  /** The failure that stopped this producer: records were given up, and order can't be kept any more. */
  get failure(): MillraceError | undefined {
    return this.#failure;
  }

  /**
   * Encodes a record into the open batch of its partition, at once: key and value may be reused afterwards. Never
   * waits and never refuses for want of room: ask `hasRoom` between slices of work.
   *
   * @throws MillraceError the producer's `failure`, `MESSAGE_TOO_LARGE`, `INVALID_TIMESTAMP`, or `CLOSED`.
   */
  append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly RecordHeader[] | null = null,
  ): void {
    this.#throwIfStopped();
    this.#append(topic, partition, key, value, timestamp, headers);
  }

  /** Sends one record and waits for its delivery; waits for room first. */
  async send(record: ProducerRecord, options: { readonly signal?: AbortSignal } = {}): Promise<RecordMetadata> {
    this.#throwIfStopped();
    const placing = this.#place(record, options.signal);
    this.#placing.add(placing);
    try {
      const { delivered } = await placing;
      return await abortable(delivered, options.signal);
    } finally {
      this.#placing.delete(placing);
    }
  }

  /** Waits until there is room in the buffer. @throws the producer's `failure`. */
  async waitForRoom(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    await this.#untilRoom(options.signal);
    this.#throwIfStopped();
  }

  /** Sends what was appended and waits until all of it is delivered. @throws the producer's `failure`. */
  async flush(options: { readonly signal?: AbortSignal } = {}): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    await abortable(Promise.allSettled(this.#placing), options.signal);
    const waits: Promise<void>[] = [];
    for (const queue of this.#allQueues()) {
      if (queue.open !== undefined) this.#seal(queue);
      for (const batch of queue.batches()) {
        waits.push(new Promise((resolve) => batch.whenDone(() => resolve())));
      }
    }
    await abortable(Promise.all(waits), options.signal);
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Looks again what may be sent, after the transaction let more partitions in. */
  pump(): void {
    this.#sender.pump();
  }

  /** Gives up what was not delivered, and resolves when nothing is on its way to a broker any more. */
  async discard(reason: MillraceError): Promise<void> {
    this.#stop(reason);
    await this.#sender.settled();
  }

  /** Flushes within the time, then gives up what is left. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options.timeoutMs ?? CLOSE_TIMEOUT_MS_DEFAULT);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #append(
    topic: string,
    partition: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly RecordHeader[] | null,
  ): ProducerBatch {
    if (this.#failure !== undefined) throw this.#failure;
    if (!(timestamp >= 0)) throw invalidTimestamp(topic, timestamp);
    const sizeMax = recordSizeMax(key, value, headers);
    if (sizeMax > this.#settings.requestBytesMax) throw tooLarge(topic, sizeMax, this.#settings.requestBytesMax);
    const queue = this.#queues.get(topic)?.[partition] ?? this.#addQueue(topic, partition);
    if (queue.open !== undefined && queue.open.builder.sizeInBytes + sizeMax > this.#settings.batchBytes)
      this.#seal(queue);
    const batch = queue.open ?? this.#openBatch(queue, sizeMax);
    const sizeBefore = batch.recordCount === 0 ? 0 : batch.builder.sizeInBytes;
    batch.builder.append(timestamp, key, value, headers);
    this.#bufferedBytes += batch.builder.sizeInBytes - sizeBefore;
    if (batch.builder.isFull(this.#settings.batchBytes)) this.#seal(queue);
    return batch;
  }

  /** Appends a record of `send` as soon as there is room and its partition is known. */
  async #place(record: ProducerRecord, signal: AbortSignal | undefined): Promise<Placed> {
    const { topic } = record;
    const key = asBytes(record.key ?? null);
    const value = asBytes(record.value);
    const timestamp = record.timestamp ?? this.#cluster.settings.clock.wallMs();
    if (!this.hasRoom) await this.#untilRoom(signal);
    const partition = record.partition ?? (await this.#choosePartition(topic, key, signal));
    const delivered = new Promise<RecordMetadata>((resolve, reject) => {
      const batch = this.#append(topic, partition, key, value, timestamp, record.headers ?? null);
      if (batch.isDone) reject(this.#failure);
      else batch.waitFor({ place: batch.recordCount - 1, timestamp, resolve, reject });
    });
    // Whoever called awaits it a moment later; until then a failure must not count as unhandled.
    delivered.catch(() => {});
    return { delivered };
  }

  async #untilRoom(signal: AbortSignal | undefined): Promise<void> {
    while (!this.hasRoom) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#roomFreed.wait(this.#cluster.settings.clock, Number.POSITIVE_INFINITY, signal);
    }
  }

  #openBatch(queue: PartitionQueue, firstRecordBytes: number): ProducerBatch {
    const { clock } = this.#cluster.settings;
    const createdMs = clock.monotonicMs();
    const capacityBytes = Math.max(queue.expectedBytes, firstRecordBytes + 64);
    const createdOrder = this.#batchCount++;
    const { topic, partition } = queue;
    const batch = new ProducerBatch({ topic, partition, createdMs, createdOrder, capacityBytes });
    queue.open = batch;
    if (this.#lingering.size === 0) this.#lingerUntil(createdMs + this.#settings.lingerMs);
    this.#lingering.add(queue);
    return batch;
  }

  /** One timer for all open batches: when it fires, those that have waited long enough leave together. */
  #lingerUntil(timeMs: number): void {
    const { clock } = this.#cluster.settings;
    clock.setTimer(timeMs - clock.monotonicMs(), () => {
      const ripeMs = clock.monotonicMs() - this.#settings.lingerMs;
      for (const queue of this.#lingering) {
        const openedMs = queue.open?.createdMs;
        // The set is in order of opening: the first that is too young ends the search.
        if (openedMs !== undefined && openedMs > ripeMs) {
          this.#lingerUntil(openedMs + this.#settings.lingerMs);
          return;
        }
        this.#seal(queue);
      }
    });
  }

  #seal(queue: PartitionQueue): void {
    this.#lingering.delete(queue);
    const batch = queue.seal();
    if (batch === undefined) return;
    queue.expectedBytes = Math.min(batch.builder.sizeInBytes + FIRST_BATCH_BYTES, this.#settings.batchBytes);
    this.#sticky.batchClosed(queue.topic, queue.partition);
    this.#sender.activate(queue);
  }

  #addQueue(topic: string, partition: number): PartitionQueue {
    if (!Number.isInteger(partition) || partition < 0) {
      throw new MillraceError('INVALID_PARTITIONS', `${topic} has no partition ${partition}`);
    }
    let queues = this.#queues.get(topic);
    if (queues === undefined) {
      queues = [];
      this.#queues.set(topic, queues);
      this.#cluster.want(topic);
    }
    const queue = new PartitionQueue(topic, partition, Math.min(FIRST_BATCH_BYTES, this.#settings.batchBytes));
    queues[partition] = queue;
    return queue;
  }

  async #choosePartition(topic: string, key: Uint8Array | null, signal: AbortSignal | undefined): Promise<number> {
    const known = this.#cluster.metadata.topics.get(topic);
    const description = known ?? (await this.#cluster.awaitTopic(topic, { signal }));
    const partitionCount = description.partitions.length;
    return key === null ? this.#sticky.choose(topic, partitionCount) : this.#settings.partitioner(key, partitionCount);
  }

  #finish(batch: ProducerBatch, result: BatchResult): void {
    if (batch.isDone) return;
    this.#bufferedBytes -= batch.bufferedBytes;
    batch.finish(result);
    const { topic, partition, recordCount } = batch;
    this.#settings.onDelivery(
      result.kind === 'delivered'
        ? { kind: 'delivered', topic, partition, baseOffset: result.baseOffset, recordCount }
        : { kind: 'failed', topic, partition, recordCount, error: result.error },
    );
    if (this.hasRoom) this.#roomFreed.notify();
  }

  #stop(error: MillraceError): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    this.#sender.stop();
    this.#lingering.clear();
    for (const queue of this.#allQueues()) {
      for (const batch of [...queue.batches()]) {
        queue.remove(batch);
        this.#finish(batch, { kind: 'failed', error });
      }
    }
    this.#roomFreed.notify();
  }

  async #close(timeoutMs: number): Promise<void> {
    const { clock } = this.#cluster.settings;
    if (this.#failure === undefined) {
      const late = new AbortController();
      const timer = clock.setTimer(timeoutMs, () => {
        this.#stop(timedOut('flushing the producer', timeoutMs));
        late.abort();
      });
      await this.flush({ signal: late.signal }).catch(() => {});
      timer.clear();
    }
    this.#stop(closedError('producer'));
    this.#cluster.parts.delete(this);
    await this.#cluster.releaseLane(this.#lane);
  }

  *#allQueues(): Generator<PartitionQueue, void, undefined> {
    for (const queues of this.#queues.values()) for (const queue of queues) if (queue !== undefined) yield queue;
  }

  #throwIfStopped(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#closing !== undefined) throw closedError('producer');
  }
}

function asBytes(part: Uint8Array | string | null): Uint8Array | null {
  return typeof part === 'string' ? Buffer.from(part) : part;
}

function invalidTimestamp(topic: string, timestamp: number): MillraceError {
  return new MillraceError('INVALID_TIMESTAMP', `a record for ${topic} has the timestamp ${timestamp}`);
}

function tooLarge(topic: string, size: number, requestBytesMax: number): MillraceError {
  return new MillraceError(
    'MESSAGE_TOO_LARGE',
    `a record for ${topic} takes ${size} bytes, requestBytesMax is ${requestBytesMax}`,
    { context: { topic, size, requestBytesMax } },
  );
}
