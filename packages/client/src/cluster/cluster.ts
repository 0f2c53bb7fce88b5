import { type Closeable, type CloseOptions, describeError, MillraceError, type Timer } from '@millrace/base';
import {
  ErrorCode,
  isRetriableError,
  MetadataRequestDefaults,
  MetadataRequestTopicDefaults,
  type MetadataResponse,
} from '@millrace/protocol';
import type { BrokerLink } from '../connection/broker-link.ts';
import type { Dialler } from '../connection/dialler.ts';
import type { ClientSettings } from '../connection/settings.ts';
import { backoffMs, retry } from '../lib/backoff.ts';
import { asMillraceError, brokerError, closedError, timedOut } from '../lib/errors.ts';
import { Bell } from '../lib/wait.ts';
import { type CoordinatorKind, findCoordinator } from './coordinators.ts';
import { LinkPool } from './link-pool.ts';
import { type ClusterNode, type Metadata, mergeMetadata, NO_METADATA } from './metadata.ts';
import type { PartitionDescription, TopicDescription } from './topic-description.ts';

type WaitOptions = { readonly timeoutMs?: number | undefined; readonly signal?: AbortSignal | undefined };

/** The connection lane for requests that are answered at once. */
const GENERAL_LANE = 'general';
const NO_ADDRESS = { host: '', port: 0 };

/** Connections to the nodes of a cluster, and what is known about its topics: shared by all parts of a client. */
export class Cluster implements Closeable {
  readonly settings: ClientSettings;
  /** Producers, consumers and so on that were made on this cluster and not yet closed; each takes itself out. */
  readonly parts: Set<Closeable> = new Set();
  readonly #pool: LinkPool;
  readonly #dialler: Dialler;
  readonly #changed = new Bell();
  readonly #listeners = new Set<() => void>();
  /** Topics that every refresh asks for. */
  readonly #wanted = new Set<string>();
  /** Topics that someone waits for now: these may be created by asking. */
  readonly #awaited = new Map<string, number>();
  /** Whether topics are wanted that no refresh has asked for yet. */
  #hasNewTopics = false;
  readonly #topicErrors = new Map<string, number>();
  readonly #coordinators = new Map<string, ClusterNode>();
  #metadata: Metadata = NO_METADATA;
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;
  #refreshTimer: Timer | undefined;
  #failureCount = 0;
  /** Why the last refresh failed; undefined after one that did not. */
  #failure: MillraceError | undefined;
  #lastRefreshMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(dialler: Dialler, settings: ClientSettings) {
    this.settings = settings;
    this.#dialler = dialler;
    this.#pool = new LinkPool(dialler, settings);
  }

  get metadata(): Metadata {
    return this.#metadata;
  }

  /** Whether the broker runs in this isolate. */
  get isLocal(): boolean {
    return this.#dialler.isLocal;
  }

  partition(topic: string, partition: number): PartitionDescription | undefined {
    return this.#metadata.topics.get(topic)?.partitions[partition];
  }

  /** The epoch of a partition's leader, as far as is known; −1 if nothing is. */
  leaderEpoch(topic: string, partition: number): number {
    return this.partition(topic, partition)?.leaderEpoch ?? -1;
  }

  /** Calls back after each refresh of the metadata; returns how to stop that. */
  onRefresh(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A connection to this node. @throws MillraceError, retriable when the node can't be reached now. */
  link(nodeId: number, lane: string = GENERAL_LANE): Promise<BrokerLink> {
    const node = this.#metadata.nodes.get(nodeId) ?? this.#coordinatorNode(nodeId);
    if (node === undefined) {
      this.refreshSoon();
      return Promise.reject(
        new MillraceError('BROKER_NOT_AVAILABLE', `node ${nodeId} is not known`, {
          retriable: true,
          context: { nodeId },
        }),
      );
    }
    return this.#pool.get(`${nodeId}/${lane}`, node);
  }

  /** The connection to this node if it is open now. */
  openLink(nodeId: number, lane: string): BrokerLink | undefined {
    return this.#pool.open(`${nodeId}/${lane}`);
  }

  /** Closes the connections of a lane. */
  releaseLane(lane: string): Promise<void> {
    return this.#pool.release(`/${lane}`);
  }

  /** A connection to whichever node can be reached. */
  async anyLink(): Promise<BrokerLink> {
    const nodes = [...this.#metadata.nodes.keys()];
    const open = nodes.find((nodeId) => this.openLink(nodeId, GENERAL_LANE) !== undefined);
    if (open !== undefined) return await this.link(open);
    const first = this.settings.random.int(Math.max(nodes.length, 1));
    for (let index = 0; index < nodes.length; index++) {
      try {
        return await this.link(nodes[(first + index) % nodes.length]!);
      } catch (thrown) {
        this.settings.logger.debug('a node can not be reached', { error: describeError(thrown) });
      }
    }
    return await this.#bootstrapLink();
  }

  /** The node that changes topics; with KRaft any node passes such requests on. */
  async controllerLink(): Promise<BrokerLink> {
    if (this.#metadata.nodes.size === 0) await this.refresh();
    const { controllerId, nodes } = this.#metadata;
    return nodes.has(controllerId) ? await this.link(controllerId) : await this.anyLink();
  }

  /** The node that coordinates this group or transactional id; remembered until {@link forgetCoordinator}. */
  async coordinator(kind: CoordinatorKind, key: string): Promise<number> {
    const known = this.#coordinators.get(`${kind}/${key}`);
    if (known !== undefined) return known.nodeId;
    const node = await findCoordinator(await this.anyLink(), kind, key);
    this.#coordinators.set(`${kind}/${key}`, node);
    return node.nodeId;
  }

  forgetCoordinator(kind: CoordinatorKind, key: string): void {
    this.#coordinators.delete(`${kind}/${key}`);
  }

  /** Keeps a topic in every refresh from now on. */
  want(topic: string): void {
    if (this.#wanted.has(topic)) return;
    this.#addWanted(topic);
    if (!this.#metadata.topics.has(topic)) this.refreshSoon();
  }

  /**
   * A topic with a leader for each partition; asks until it appears.
   *
   * @throws MillraceError `UNKNOWN_TOPIC_OR_PARTITION` when it does not in time, or why it may not be used.
   */
  async awaitTopic(name: string, options: WaitOptions = {}): Promise<TopicDescription> {
    const { clock } = this.settings;
    const timeoutMs = options.timeoutMs ?? this.settings.retryTimeoutMs;
    const deadlineMs = clock.monotonicMs() + timeoutMs;
    this.#awaited.set(name, (this.#awaited.get(name) ?? 0) + 1);
    this.#addWanted(name);
    try {
      for (;;) {
        const topic = this.#metadata.topics.get(name);
        if (topic?.partitions.every((partition) => partition.leader >= 0) === true) return topic;
        const errorCode = this.#topicErrors.get(name) ?? ErrorCode.NONE;
        if (errorCode !== ErrorCode.NONE && !isRetriableError(errorCode)) {
          throw brokerError(errorCode, `looking up topic '${name}'`, { topic: name });
        }
        if (this.#failure?.retriable === false) throw this.#failure;
        const remainingMs = deadlineMs - clock.monotonicMs();
        if (remainingMs <= 0) throw this.#topicMissing(name, errorCode, timeoutMs);
        if (this.#isClosed) throw closedError('client');
        this.refreshSoon();
        await this.#changed.wait(clock, remainingMs, options.signal);
      }
    } finally {
      const count = this.#awaited.get(name)! - 1;
      if (count === 0) this.#awaited.delete(name);
      else this.#awaited.set(name, count);
      this.#topicErrors.delete(name);
    }
  }

  #addWanted(topic: string): void {
    if (this.#wanted.has(topic)) return;
    this.#wanted.add(topic);
    this.#hasNewTopics = true;
  }

  /** Asks again soon: at once for something new or if the last time was long ago, else after the back-off. */
  refreshSoon(): void {
    if (this.#isClosed) return;
    if (this.#refreshing !== undefined) {
      this.#refreshAgain = true;
      return;
    }
    const { clock } = this.settings;
    const earliestMs = this.#lastRefreshMs + backoffMs(this.settings, Math.max(this.#failureCount, 1));
    this.#scheduleRefresh(this.#hasNewTopics ? 0 : Math.max(earliestMs - clock.monotonicMs(), 0));
  }

  /** Asks for all wanted topics, now, trying until an answer comes. */
  refresh(signal?: AbortSignal): Promise<void> {
    const options = { ...this.settings, timeoutMs: this.settings.retryTimeoutMs, signal };
    return retry(options, () => this.#refresh());
  }

  /** Drops what is known of a topic, so that nobody meets it as it was before it was deleted or changed. */
  forgetTopic(name: string): void {
    this.#wanted.delete(name);
    const topics = new Map(this.#metadata.topics);
    topics.delete(name);
    this.#metadata = { ...this.#metadata, topics };
  }

  /** Metadata of these topics, or of all with null; neither creates any nor remembers them. */
  async fetchMetadata(names: readonly string[] | null): Promise<MetadataResponse> {
    const link = await this.anyLink();
    return await link.call('Metadata', metadataRequest(names, false));
  }

  async close(_options: CloseOptions = {}): Promise<void> {
    this.#isClosed = true;
    this.#refreshTimer?.clear();
    this.#changed.notify();
    await this.#pool.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #bootstrapLink(): Promise<BrokerLink> {
    if (this.#dialler.isLocal) return await this.#pool.get(`bootstrap/${GENERAL_LANE}`, NO_ADDRESS);
    const addresses = await this.#dialler.bootstrap();
    const first = this.settings.random.int(addresses.length);
    let failure: unknown;
    for (let index = 0; index < addresses.length; index++) {
      const at = (first + index) % addresses.length;
      try {
        return await this.#pool.get(`bootstrap-${at}/${GENERAL_LANE}`, addresses[at]!);
      } catch (thrown) {
        failure = thrown;
      }
    }
    throw failure;
  }

  #coordinatorNode(nodeId: number): ClusterNode | undefined {
    for (const node of this.#coordinators.values()) if (node.nodeId === nodeId) return node;
    return undefined;
  }

  #scheduleRefresh(delayMs: number): void {
    this.#refreshTimer?.clear();
    this.#refreshTimer = this.settings.clock.setTimer(delayMs, () => {
      this.#refresh().catch((thrown: unknown) => {
        this.#failure = asMillraceError(thrown);
        this.settings.logger.warn('metadata could not be refreshed', { error: describeError(thrown) });
        this.refreshSoon();
      });
    });
  }

  #refresh(): Promise<void> {
    if (this.#isClosed) return Promise.reject(closedError('client'));
    this.#refreshing ??= this.#load().finally(() => {
      this.#refreshing = undefined;
      // Whoever asked meanwhile may want what this answer does not hold.
      if (this.#refreshAgain) {
        this.#refreshAgain = false;
        this.refreshSoon();
      }
      this.#changed.notify();
      for (const listener of this.#listeners) listener();
    });
    return this.#refreshing;
  }

  async #load(): Promise<void> {
    const { clock, metadataMaxAgeMs } = this.settings;
    this.#lastRefreshMs = clock.monotonicMs();
    this.#failureCount++;
    this.#hasNewTopics = false;
    const link = await this.anyLink();
    const mayCreate = this.settings.allowAutoTopicCreation && this.#awaited.size > 0;
    // A topic that is gone must not come back by being asked for, unless someone waits for it.
    const names = [...this.#wanted].filter(
      (name) => !mayCreate || this.#awaited.has(name) || this.#metadata.topics.has(name),
    );
    this.#apply(await link.call('Metadata', metadataRequest(names, mayCreate)));
    this.#failureCount = 0;
    this.#failure = undefined;
    if (!this.#isClosed) this.#scheduleRefresh(metadataMaxAgeMs);
  }

  #apply(answer: MetadataResponse): void {
    this.#metadata = mergeMetadata(this.#metadata, answer);
    for (const { name, errorCode } of answer.topics) {
      if (name !== null && this.#awaited.has(name)) this.#topicErrors.set(name, errorCode);
    }
  }

  #topicMissing(name: string, errorCode: number, timeoutMs: number): MillraceError {
    const doing = `waiting ${timeoutMs} ms for topic '${name}'`;
    if (errorCode !== ErrorCode.NONE) return brokerError(errorCode, doing, { topic: name });
    return timedOut(doing, timeoutMs, this.#failure);
  }
}

function metadataRequest(names: readonly string[] | null, allowAutoTopicCreation: boolean) {
  return {
    ...MetadataRequestDefaults,
    topics: names === null ? null : names.map((name) => ({ ...MetadataRequestTopicDefaults, name })),
    allowAutoTopicCreation,
  };
}
