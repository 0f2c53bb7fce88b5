import {
  assert,
  type Closeable,
  type CloseOptions,
  describeError,
  type MillraceError,
  type Timer,
} from '@millrace/base';
import {
  ErrorCode,
  type FetchResponse,
  type FetchResponsePartitionData,
  isRetriableError,
  recordBatches,
  verifyCrc,
} from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import type { Metadata } from '../cluster/metadata.ts';
import { backoffMs } from '../lib/backoff.ts';
import { asMillraceError, brokerError, closedError } from '../lib/errors.ts';
import { partitionKey } from '../lib/topic-partition.ts';
import { Bell } from '../lib/wait.ts';
import { fetchAnswers, fetchRequest, wholeBatches } from './fetch-request.ts';
import type { FetchedPartition, FetcherOptions, StartOffset } from './fetcher-options.ts';
import { type FetcherSettings, fetcherSettings } from './fetcher-settings.ts';
import { outOfRange, resolveStarts } from './offset-resolver.ts';
import { type Ask, PartitionFetch } from './partition-fetch.ts';
import type { SharedReads } from './shared/shared-reads.ts';
import { findTruncations, truncated } from './truncation.ts';

/**
 * Fetches on the way to one node at once, each over a connection of its own (opened when it is first needed): most may
 * wait at the broker for idle partitions to get records. The last never waits there and is kept for partitions that may
 * have more, so that idle ones, even if they wait apart, do not hold up the busy ones.
 */
const FETCHES_PER_NODE_MAX = 4;
const POLL_MAX_WAIT_MS_DEFAULT = 500;

export type PollOptions = {
  /** How long to wait for the first fetched bytes; 0 looks only at what is there. Default: 500 ms. */
  readonly maxWaitMs?: number;
  readonly signal?: AbortSignal;
};

/**
 * Reads partitions that its owner assigns by hand, in the background, while the owner works on what was read. A
 * partition is asked for again when `poll` has handed over what came: one answer is worked on, one waits.
 */
export class Fetcher implements Closeable {
  readonly #cluster: Cluster;
  readonly #lane: string;
  readonly #settings: FetcherSettings;
  readonly #shared: SharedReads | null;
  readonly #partitions = new Map<string, PartitionFetch>();
  readonly #busyLanes = new Set<string>();
  readonly #arrived = new Bell();
  readonly #errors: MillraceError[] = [];
  readonly #stopListening: () => void;
  #bufferedBytes = 0;
  /** Where the next poll and the next request begin in the partitions, so that none starves. */
  #turn = 0;
  #isLookingUp = false;
  #isPumpQueued = false;
  #timer: Timer | undefined;
  #timerMs = Number.POSITIVE_INFINITY;
  #isClosed = false;

  /** Made by {@link Client.fetcher}. */
  constructor(cluster: Cluster, lane: string, options: FetcherOptions, shared: SharedReads | null = null) {
    this.#cluster = cluster;
    this.#lane = lane;
    this.#shared = shared;
    this.#settings = fetcherSettings(options, cluster);
    this.#stopListening = cluster.onRefresh(() => this.#pump());
  }

  /** Bytes that were fetched and not yet polled. */
  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** Begins to read a partition. */
  assign(topic: string, partition: number, start: StartOffset): void {
    const key = partitionKey(topic, partition);
    assert(!this.#partitions.has(key), `${key} is assigned already: seek`);
    const fetch = new PartitionFetch(topic, partition, start);
    this.#partitions.set(key, fetch);
    fetch.shared = this.#shared?.join(fetch, this.#settings, this.#cluster.settings.clock.monotonicMs());
    this.#cluster.want(topic);
    this.#pumpSoon();
  }

  /** Stops reading a partition; what was fetched is dropped. */
  unassign(topic: string, partition: number): void {
    const fetch = this.#get(topic, partition);
    this.#drop(fetch);
    this.#partitions.delete(partitionKey(topic, partition));
    this.#shared?.leave(fetch, this.#settings);
  }

  /** Goes on elsewhere; what was fetched before is dropped. */
  seek(topic: string, partition: number, start: StartOffset): void {
    const fetch = this.#get(topic, partition);
    this.#drop(fetch);
    this.#moveTo(fetch, start);
    this.#pumpSoon();
  }

  /** Keeps what is buffered, gives out nothing more until `resume`. */
  pause(topic: string, partition: number): void {
    this.#get(topic, partition).isPaused = true;
  }

  resume(topic: string, partition: number): void {
    const fetch = this.#get(topic, partition);
    if (!fetch.isPaused) return;
    fetch.isPaused = false;
    if (fetch.bufferedBytes > 0) this.#arrived.notify();
    this.#pumpSoon();
  }

  isPaused(topic: string, partition: number): boolean {
    return this.#get(topic, partition).isPaused;
  }

  /** The offset after what `poll` gave last; undefined until the start offset was looked up. */
  position(topic: string, partition: number): number | undefined {
    return this.#get(topic, partition).position;
  }

  /**
   * What was fetched, each partition in order; empty after `maxWaitMs`.
   *
   * @throws MillraceError `OFFSET_OUT_OF_RANGE` under offsetReset `none` (the partition then waits for a seek),
   *   `CORRUPT_MESSAGE`, or why a partition may not be read.
   */
  async poll(options: PollOptions = {}): Promise<readonly FetchedPartition[]> {
    const { clock } = this.#cluster.settings;
    const deadlineMs = clock.monotonicMs() + (options.maxWaitMs ?? POLL_MAX_WAIT_MS_DEFAULT);
    for (;;) {
      if (this.#isClosed) throw closedError('fetcher');
      options.signal?.throwIfAborted();
      const error = this.#errors.shift();
      if (error !== undefined) throw error;
      const fetched = this.#take();
      if (fetched.length > 0) {
        this.#pump();
        return fetched;
      }
      const remainingMs = deadlineMs - clock.monotonicMs();
      if (remainingMs <= 0) return [];
      await this.#arrived.wait(clock, remainingMs, options.signal);
    }
  }

  async close(_options: CloseOptions = {}): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cluster.parts.delete(this);
    this.#timer?.clear();
    this.#stopListening();
    this.#arrived.notify();
    for (const fetch of this.#partitions.values()) this.#shared?.leave(fetch, this.#settings);
    this.#partitions.clear();
    for (let slot = 0; slot < FETCHES_PER_NODE_MAX; slot++) await this.#cluster.releaseLane(this.#laneOf(slot));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #get(topic: string, partition: number): PartitionFetch {
    const fetch = this.#partitions.get(partitionKey(topic, partition));
    assert(fetch !== undefined, `${topic}-${partition} is not assigned to this fetcher`);
    return fetch;
  }

  #drop(fetch: PartitionFetch): void {
    this.#bufferedBytes -= fetch.bufferedBytes;
  }

  #moveTo(fetch: PartitionFetch, start: StartOffset): void {
    fetch.seek(start);
    fetch.shared?.moved(fetch);
  }

  #inTurn(): readonly PartitionFetch[] {
    const partitions = [...this.#partitions.values()];
    const first = partitions.length === 0 ? 0 : this.#turn++ % partitions.length;
    return [...partitions.slice(first), ...partitions.slice(0, first)];
  }

  #take(): readonly FetchedPartition[] {
    if (this.#bufferedBytes === 0) return [];
    const taken: FetchedPartition[] = [];
    for (const fetch of this.#inTurn()) {
      if (fetch.isPaused) continue;
      this.#drop(fetch);
      taken.push(...fetch.take());
    }
    return taken;
  }

  /** After the caller's synchronous work, so that many changes make one request. */
  readonly #pumpSoon = (): void => {
    if (this.#isPumpQueued) return;
    this.#isPumpQueued = true;
    queueMicrotask(() => {
      this.#isPumpQueued = false;
      this.#pump();
    });
  };

  #wakeAt(timeMs: number): void {
    if (timeMs >= this.#timerMs || this.#isClosed) return;
    const { clock } = this.#cluster.settings;
    this.#timer?.clear();
    this.#timerMs = timeMs;
    this.#timer = clock.setTimer(timeMs - clock.monotonicMs(), () => {
      this.#timerMs = Number.POSITIVE_INFINITY;
      this.#pump();
    });
  }

  /** Sends what can be asked for now. */
  #pump(): void {
    if (this.#isClosed || this.#bufferedBytes >= this.#settings.bufferBytesMax) return;
    const nowMs = this.#cluster.settings.clock.monotonicMs();
    const byNode = new Map<number, PartitionFetch[]>();
    const unresolved: PartitionFetch[] = [];
    const uncertain: PartitionFetch[] = [];
    for (const fetch of this.#inTurn()) {
      if (fetch.isPaused || fetch.isInFlight || fetch.isStuck || fetch.bufferedBytes > 0) continue;
      if (fetch.notBeforeMs > nowMs) {
        this.#wakeAt(fetch.notBeforeMs);
        continue;
      }
      if (fetch.fetchOffset === undefined) unresolved.push(fetch);
      else if (fetch.isUncertain(this.#cluster.leaderEpoch(fetch.topic, fetch.partition))) uncertain.push(fetch);
      else if (!this.#isSupplied(fetch, nowMs)) this.#addToNode(byNode, fetch, nowMs);
    }
    if (unresolved.length > 0) {
      this.#lookUp(unresolved, () => resolveStarts(this.#cluster, this.#settings, unresolved));
    } else if (uncertain.length > 0) this.#lookUp(uncertain, () => this.#check(uncertain));
    for (const [nodeId, partitions] of byNode) {
      const slot = this.#freeSlot(nodeId);
      if (slot < 0) continue;
      const asked = isKept(slot) ? partitions.filter((fetch) => fetch.hasMore) : partitions;
      if (asked.length > 0) void this.#fetch(nodeId, slot, asked);
    }
  }

  /** Whether others have what a partition goes on with, which is taken then, or it has to wait for them. */
  #isSupplied(fetch: PartitionFetch, nowMs: number): boolean {
    const topicId = this.#cluster.metadata.topics.get(fetch.topic)?.topicId;
    if (fetch.shared === undefined || topicId === undefined) return false;
    const supply = fetch.shared.supply(fetch, { topicId, nowMs, wake: this.#pumpSoon });
    if (supply === undefined) return false;
    if (typeof supply === 'number') this.#wakeAt(supply);
    else this.#keep(fetch, supply);
    return true;
  }

  #addToNode(byNode: Map<number, PartitionFetch[]>, fetch: PartitionFetch, nowMs: number): void {
    const nodeId = fetch.copyAt(nowMs) ?? this.#cluster.partition(fetch.topic, fetch.partition)?.leader ?? -1;
    if (nodeId < 0) {
      this.#cluster.want(fetch.topic);
      this.#cluster.refreshSoon();
      return;
    }
    const list = byNode.get(nodeId);
    if (list === undefined) byNode.set(nodeId, [fetch]);
    else list.push(fetch);
  }

  /** -1 if there is none. */
  #freeSlot(nodeId: number): number {
    for (let slot = 0; slot < FETCHES_PER_NODE_MAX; slot++) {
      if (!this.#busyLanes.has(`${nodeId}/${this.#laneOf(slot)}`)) return slot;
    }
    return -1;
  }

  #laneOf(slot: number): string {
    return `${this.#lane}-${slot}`;
  }

  /** Asks what has to be known before partitions can be fetched. Failures that may pass are tried again. */
  #lookUp(partitions: readonly PartitionFetch[], ask: () => Promise<void>): void {
    if (this.#isLookingUp) return;
    this.#isLookingUp = true;
    ask()
      .catch((thrown: unknown) => {
        const error = asMillraceError(thrown);
        for (const fetch of partitions) {
          if (error.retriable) this.#backOff(fetch);
          else fetch.isStuck = true;
        }
        if (!error.retriable) this.#fail(error);
      })
      .finally(() => {
        this.#isLookingUp = false;
        this.#pump();
      });
  }

  /** Whether what was fetched is in the logs of new leaders; if not, a partition goes on where they begin to differ. */
  async #check(partitions: readonly PartitionFetch[]): Promise<void> {
    for (const truncation of await findTruncations(this.#cluster, partitions)) {
      const { fetch, endOffset } = truncation;
      const { topic, partition, fetchOffset } = fetch;
      if (this.#partitions.get(partitionKey(topic, partition)) !== fetch) continue;
      fetch.shared?.forget();
      if (this.#settings.offsetReset === 'none') {
        fetch.isStuck = true;
        this.#fail(truncated(truncation));
        continue;
      }
      const where = { topic, partition, fetchOffset, endOffset };
      this.#cluster.settings.logger.warn('a log was truncated: other records follow its new end', where);
      this.#moveTo(fetch, endOffset);
    }
  }

  async #fetch(nodeId: number, slot: number, partitions: readonly PartitionFetch[]): Promise<void> {
    const lane = this.#laneOf(slot);
    const { metadata, settings } = this.#cluster;
    const asks = partitions.map((fetch) => fetch.ask());
    this.#busyLanes.add(`${nodeId}/${lane}`);
    for (const ask of asks) {
      ask.fetch.isInFlight = true;
      ask.fetch.shared?.asked(ask, metadata.topics.get(ask.topic)!.topicId, settings.clock.monotonicMs());
    }
    try {
      const link = await this.#cluster.link(nodeId, lane);
      const asking = isKept(slot) ? { ...this.#settings, maxWaitMs: 0 } : this.#settings;
      const timeoutMs = settings.requestTimeoutMs + asking.maxWaitMs;
      const response = await link.call('Fetch', fetchRequest(asks, metadata, asking), { timeoutMs });
      for (const fetch of partitions) fetch.isInFlight = false;
      this.#answered(response, metadata, asks);
    } catch (thrown) {
      for (const fetch of partitions) fetch.isInFlight = false;
      this.#lost(partitions, asMillraceError(thrown));
    } finally {
      this.#busyLanes.delete(`${nodeId}/${lane}`);
      for (const ask of asks) ask.fetch.shared?.ended(ask);
      this.#pump();
    }
  }

  #answered(response: FetchResponse, metadata: Metadata, asks: readonly Ask[]): void {
    if (this.#isClosed) return;
    if (response.errorCode !== ErrorCode.NONE) throw brokerError(response.errorCode, 'fetching');
    const byPartition = new Map(asks.map((ask) => [partitionKey(ask.topic, ask.partition), ask]));
    for (const { topic, data } of fetchAnswers(response, metadata)) {
      const ask = byPartition.get(partitionKey(topic, data.partitionIndex));
      if (ask === undefined) continue;
      if (data.errorCode === ErrorCode.NONE) this.#add(ask, data);
      else this.#refused(ask, data.errorCode);
    }
  }

  /** Answers to what was asked before a seek, or before the partition was given away, are of use to others only. */
  #isWanted({ topic, partition, fetch, epoch }: Ask): boolean {
    return this.#partitions.get(partitionKey(topic, partition)) === fetch && fetch.epoch === epoch;
  }

  #add(ask: Ask, data: FetchResponsePartitionData): void {
    const { fetch } = ask;
    const came = wholeBatches(ask, data);
    if (came !== undefined && !this.#isIntact(ask, came)) return;
    const fetched = fetch.shared === undefined ? came : fetch.shared.answered(ask, data, came);
    if (!this.#isWanted(ask)) return;
    fetch.failureCount = 0;
    if (data.preferredReadReplica >= 0) {
      const { clock, metadataMaxAgeMs } = this.#cluster.settings;
      fetch.readFromCopy(data.preferredReadReplica, clock.monotonicMs() + metadataMaxAgeMs);
      return;
    }
    if (fetched === undefined) fetch.foundNothing();
    else this.#keep(fetch, fetched);
  }

  #isIntact(ask: Ask, { topic, partition, records }: FetchedPartition): boolean {
    if (!this.#settings.checkCrcs) return true;
    for (const header of recordBatches(records)) {
      if (verifyCrc(records, header.position)) continue;
      if (!this.#isWanted(ask)) return false;
      ask.fetch.isStuck = true;
      this.#fail(brokerError(ErrorCode.CORRUPT_MESSAGE, `reading ${topic}-${partition} at ${header.baseOffset}`));
      return false;
    }
    return true;
  }

  /** What came for a partition waits for `poll`. */
  #keep(fetch: PartitionFetch, fetched: FetchedPartition): void {
    fetch.add(fetched);
    fetch.shared?.moved(fetch);
    this.#bufferedBytes += fetched.records.length;
    this.#arrived.notify();
  }

  #refused(ask: Ask, errorCode: number): void {
    const { topic, partition, fetch } = ask;
    fetch.readFromLeader();
    if (ask.isOfCopy && errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      // A copy may be behind: the leader has to say it.
      this.#backOff(fetch);
      return;
    }
    fetch.shared?.forget();
    if (!this.#isWanted(ask)) return;
    if (errorCode === ErrorCode.OFFSET_OUT_OF_RANGE) {
      const { offsetReset } = this.#settings;
      if (offsetReset === 'none') {
        fetch.isStuck = true;
        this.#fail(outOfRange(fetch));
      } else {
        this.#cluster.settings.logger.warn('an offset is outside of the log', {
          topic,
          partition,
          offset: fetch.fetchOffset,
          offsetReset,
        });
        this.#moveTo(fetch, offsetReset);
      }
      return;
    }
    const error = brokerError(errorCode, `fetching ${topic}-${partition}`, { topic, partition });
    if (!isRetriableError(errorCode)) {
      fetch.isStuck = true;
      this.#fail(error);
      return;
    }
    this.#cluster.refreshSoon();
    this.#backOff(fetch);
    this.#cluster.settings.logger.debug('a partition can not be fetched now', { error: describeError(error) });
  }

  #lost(partitions: readonly PartitionFetch[], error: MillraceError): void {
    if (this.#isClosed) return;
    if (!error.retriable) this.#fail(error);
    this.#cluster.refreshSoon();
    for (const fetch of partitions) {
      fetch.readFromLeader();
      this.#backOff(fetch);
    }
  }

  #backOff(fetch: PartitionFetch): void {
    const { settings } = this.#cluster;
    fetch.notBeforeMs = settings.clock.monotonicMs() + backoffMs(settings, ++fetch.failureCount);
  }

  #fail(error: MillraceError): void {
    // What goes on failing while nobody polls is told once.
    if (!this.#errors.some(({ code, message }) => code === error.code && message === error.message)) {
      this.#errors.push(error);
    }
    this.#arrived.notify();
  }
}

/** Whether a slot is kept for partitions that may have more. */
function isKept(slot: number): boolean {
  return slot === FETCHES_PER_NODE_MAX - 1;
}
