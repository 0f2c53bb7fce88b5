import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Closeable, type CloseOptions, describeError, MillraceError, type Timer } from '@millrace/base';
import type { Cluster } from '../cluster/cluster.ts';
import { cursorOver } from '../fetcher/fetched-cursor.ts';
import { Fetcher } from '../fetcher/fetcher.ts';
import type { FetchedPartition, OffsetReset } from '../fetcher/fetcher-options.ts';
import type { GroupMember } from '../group/group-member.ts';
import { makeGroupMember } from '../group/make-group-member.ts';
import type { GroupMetadata, OffsetToCommit } from '../group/offsets.ts';
import { partitionKey, type TopicPartition } from '../lib/topic-partition.ts';
import type { ConsumerBatch, ConsumerOptions, ConsumerRecord } from './consumer-options.ts';
import { PositionTracker, type Stretch } from './position-tracker.ts';

const AUTO_COMMIT_INTERVAL_MS_DEFAULT = 5_000;
/** Work that is always ready must leave room for timers and sockets: after so long, a turn of the loop. */
const TIME_SLICE_MS = 10;

type IterateOptions = { readonly signal?: AbortSignal };

type BatchOfStretch = { readonly batch: ConsumerBatch; readonly stretch: Stretch };

/**
 * A member of a consumer group that reads what it is assigned. Iterate over it, by record or by batch; asking for the
 * next one says that the last one is done. At least once: what was done but not committed comes again after a crash.
 */
export class Consumer implements Closeable, AsyncIterable<ConsumerRecord> {
  readonly #cluster: Cluster;
  readonly #options: ConsumerOptions;
  readonly #offsetReset: OffsetReset;
  readonly #member: GroupMember;
  readonly #fetcher: Fetcher;
  readonly #positions = new PositionTracker();
  readonly #autoCommitIntervalMs: number | false;
  #timer: Timer | undefined;
  #sliceStartMs = 0;
  #closing: Promise<void> | undefined;

  /** Made by {@link Client.consumer}. */
  constructor(cluster: Cluster, lane: string, options: ConsumerOptions) {
    this.#cluster = cluster;
    this.#options = options;
    this.#offsetReset = options.offsetReset ?? 'latest';
    this.#autoCommitIntervalMs = options.autoCommitIntervalMs ?? AUTO_COMMIT_INTERVAL_MS_DEFAULT;
    this.#fetcher = new Fetcher(cluster, `${lane}-fetch`, { ...options, offsetReset: this.#offsetReset });
    this.#member = makeGroupMember(cluster, lane, {
      ...options,
      topics: typeof options.topics === 'string' ? [options.topics] : options.topics,
      listener: {
        onAssigned: (_assignment, added) => this.#assigned(added),
        onRevoked: (partitions) => this.#revoked(partitions),
        onLost: (partitions) => this.#lost(partitions),
      },
    });
  }

  /** What this consumer owns now. */
  get assignment(): readonly TopicPartition[] {
    return this.#member.assignment?.partitions ?? [];
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ConsumerRecord, void, undefined> {
    for await (const { batch, stretch } of this.#stretches({})) {
      for (const record of batch.records) {
        if (!this.#positions.goesOn(stretch)) break;
        yield record;
        this.#positions.reach(stretch, record.offset + 1);
      }
    }
  }

  /** What each fetch brings for each partition, until the consumer is closed or the signal aborted. */
  async *batches(options: IterateOptions = {}): AsyncGenerator<ConsumerBatch, void, undefined> {
    for await (const { batch } of this.#stretches(options)) yield batch;
  }

  async *#stretches(options: IterateOptions): AsyncGenerator<BatchOfStretch, void, undefined> {
    await this.#member.join(options);
    this.#armAutoCommit();
    while (this.#closing === undefined) {
      this.#member.poll();
      const all = (await this.#fetch(options)).map((fetched) => ({
        fetched,
        stretch: this.#positions.stretchOf(fetched.topic, fetched.partition),
      }));
      for (const { fetched, stretch } of all) {
        // While the user was busy with one of them, others may have been taken away, and even have come back.
        if (stretch === undefined || !this.#positions.goesOn(stretch)) continue;
        yield { batch: this.#batchOf(fetched), stretch };
        this.#positions.reach(stretch, fetched.nextOffset);
      }
    }
  }

  /** Commits what is done, or the given offsets. @throws as {@link GroupMember.commit}. */
  async commit(offsets: readonly OffsetToCommit[] = this.#positions.uncommitted()): Promise<void> {
    await this.#member.commit(offsets);
    this.#positions.markCommitted(offsets);
  }

  /** In whose name a transactional producer commits offsets of this consumer. */
  get groupMetadata(): GroupMetadata {
    return this.#member.groupMetadata;
  }

  /** Goes on at another offset of an owned partition. */
  seek(topic: string, partition: number, offset: number): void {
    this.#fetcher.seek(topic, partition, offset);
    this.#positions.seek(topic, partition, offset);
  }

  pause(topic: string, partition: number): void {
    this.#fetcher.pause(topic, partition);
  }

  resume(topic: string, partition: number): void {
    this.#fetcher.resume(topic, partition);
  }

  /** Commits what is done unless told to commit by hand, leaves the group, ends all iterations. */
  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #fetch(options: IterateOptions): Promise<readonly FetchedPartition[]> {
    const { clock } = this.#cluster.settings;
    if (clock.monotonicMs() - this.#sliceStartMs > TIME_SLICE_MS) {
      await nextTurn();
      this.#sliceStartMs = clock.monotonicMs();
    }
    try {
      return await this.#fetcher.poll(options);
    } catch (thrown) {
      if (this.#closing !== undefined) return [];
      throw thrown;
    }
  }

  #batchOf(fetched: FetchedPartition): ConsumerBatch {
    const { topic, partition, highWatermark } = fetched;
    const cursor = cursorOver(fetched);
    const records: ConsumerRecord[] = [];
    while (cursor.next()) records.push({ topic, partition, ...cursor.materialize() });
    return { topic, partition, highWatermark, records };
  }

  async #assigned(added: readonly TopicPartition[]): Promise<void> {
    const committed = added.length === 0 ? [] : await this.#member.committed(added);
    const offsets = new Map(committed.map((entry) => [partitionKey(entry.topic, entry.partition), entry.offset]));
    for (const { topic, partition } of added) {
      const start = offsets.get(partitionKey(topic, partition)) ?? this.#offsetReset;
      if (start === 'none') throw this.#noOffset(topic, partition);
      this.#positions.own({ topic, partition });
      this.#fetcher.assign(topic, partition, start);
    }
    await this.#options.onAssigned?.(added);
  }

  async #revoked(partitions: readonly TopicPartition[]): Promise<void> {
    await this.#options.onRevoked?.(partitions);
    if (this.#autoCommitIntervalMs !== false) await this.#commitQuietly(partitions);
    this.#drop(partitions);
  }

  async #lost(partitions: readonly TopicPartition[]): Promise<void> {
    this.#drop(partitions);
    await this.#options.onRevoked?.(partitions);
  }

  #drop(partitions: readonly TopicPartition[]): void {
    for (const { topic, partition } of partitions) {
      // An assignment that failed half way left some without a reader.
      if (!this.#positions.owns(topic, partition)) continue;
      this.#positions.disown({ topic, partition });
      this.#fetcher.unassign(topic, partition);
    }
  }

  #armAutoCommit(): void {
    const intervalMs = this.#autoCommitIntervalMs;
    if (intervalMs === false || this.#closing !== undefined) return;
    this.#timer?.clear();
    this.#timer = this.#cluster.settings.clock.setTimer(intervalMs, () => {
      void this.#commitQuietly().then(() => this.#armAutoCommit());
    });
  }

  /** A commit that fails is made up for by the next one, or by reading again. */
  async #commitQuietly(only?: readonly TopicPartition[]): Promise<void> {
    const offsets = this.#positions.uncommitted(only);
    if (offsets.length === 0) return;
    try {
      await this.commit(offsets);
    } catch (thrown) {
      this.#cluster.settings.logger.warn('offsets could not be committed', { error: describeError(thrown) });
    }
  }

  #noOffset(topic: string, partition: number): MillraceError {
    return new MillraceError(
      'NO_OFFSET_FOR_PARTITION',
      `group '${this.#options.groupId}' has no committed offset for ${topic}-${partition}, and offsetReset is 'none'`,
      { context: { topic, partition } },
    );
  }

  async #close(options: CloseOptions): Promise<void> {
    this.#timer?.clear();
    this.#cluster.parts.delete(this);
    await this.#member.close(options);
    await this.#fetcher.close(options);
  }
}
