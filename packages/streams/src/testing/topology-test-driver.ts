import type { Closeable } from '@millrace/base';
import { illegalArgument } from '../errors.ts';
import { type DurationMs, toMs } from '../lib/duration.ts';
import { matchTopics } from '../runtime/layout/matched-topics.ts';
import { topicNames } from '../runtime/layout/topic-names.ts';
import type { Serde } from '../serdes/serde.ts';
import { MemoryEngine } from '../state/engines/memory.ts';
import type { StoreEngine } from '../state/engines/store-engine.ts';
import { CacheMemory } from '../state/layers/cache-memory.ts';
import { RecentMemory } from '../state/layers/recent-segments.ts';
import { emptyRecordContext, type Header, NO_HEADERS } from '../state/record-context.ts';
import type {
  KeyValueStore,
  SessionStore,
  StateStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  VersionedKeyValueStore,
  WindowStore,
} from '../state/stores.ts';
import { TaskStores } from '../state/task-stores.ts';
import { DEFAULT_HANDLERS, type FailureHandlers } from '../task/handlers.ts';
import { RawRecordList } from '../task/raw-records.ts';
import { Task, type TaskInput } from '../task/task.ts';
import type { NodeSpec } from '../topology/node-specs.ts';
import type { Topology } from '../topology/topology.ts';
import { ManualClock } from './manual-clock.ts';
import { ProducedLog, ProducedQueue } from './produced-log.ts';
import type { ProducedRecord } from './produced-record.ts';
import { TestInputTopic } from './test-input-topic.ts';
import { TestOutputTopic } from './test-output-topic.ts';

export type TopologyTestDriverOptions = {
  /** Default: `test`. */
  readonly applicationId?: string;
  /** Where the wall clock stands at the beginning; it moves only by `advanceWallClockTime`. Default: 0. */
  readonly wallClockMs?: number;
  /** Of the record caches, which then forward at each commit, that is after each record. Default: 0, no cache. */
  readonly cacheMaxBytes?: number;
  readonly handlers?: Partial<FailureHandlers>;
  readonly deadLetterTopic?: string;
  /** Least wall-clock time between two emissions of a left/outer stream join or of emit-on-close. Default: 1000. */
  readonly emitIntervalMs?: number;
  /** Where the stores' rows lie, closed with the driver. Default: an engine in memory. */
  readonly engine?: StoreEngine;
};

const EMIT_INTERVAL_MS_DEFAULT = 1_000;
const RECENT_SEGMENTS_BYTES_MAX = 8 * 1024 * 1024;
const NO_POSITIONS = new Map<string, never>();

/** Who reads a topic. */
type Reader = 'task' | 'global' | 'nobody';

/**
 * Runs a topology without brokers, at once and by hand: every piped record is processed to the end, with all that comes
 * back through repartition and chained topics, before the call returns. One partition a topic, one task for all
 * sub-topologies; it is the same task that runs on a cluster. (Kafka Streams: TopologyTestDriver.)
 */
export class TopologyTestDriver implements Closeable {
  readonly #topology: Topology;
  readonly #applicationId: string;
  readonly #clock: ManualClock;
  readonly #stores: TaskStores;
  readonly #globalStores: TaskStores;
  readonly #task: Task;
  readonly #globalTask: Task;
  readonly #inputs: Map<string, Reader>;
  readonly #offsets = new Map<string, number>();
  readonly #produced = new ProducedLog();
  /** How many of the produced records were handed on, and how many of those `takeProduced` has given out. */
  #captured = 0;
  #taken = 0;
  readonly #outputs = new Map<string, ProducedQueue>();
  readonly #writtenTopics = new Set<string>();

  constructor(topology: Topology, options: TopologyTestDriverOptions = {}) {
    this.#topology = topology;
    this.#applicationId = options.applicationId ?? 'test';
    this.#clock = new ManualClock(options.wallClockMs ?? 0);
    const parts = topology.subTopologies();
    const inGroup = (global: boolean): NodeSpec[] => {
      const names = new Set(parts.filter((part) => part.global === global).flatMap(({ nodes }) => nodes));
      return [...topology.nodes.values()].filter((node) => names.has(node));
    };
    const cacheBytes = options.cacheMaxBytes ?? 0;
    const cache = cacheBytes > 0 ? new CacheMemory(cacheBytes) : null;
    const global = this.#makeTask(inGroup(true), { ...options, engine: new MemoryEngine() }, null, null);
    this.#globalStores = global.stores;
    this.#globalTask = global.task;
    const main = this.#makeTask(inGroup(false), options, cache, global.stores);
    this.#stores = main.stores;
    this.#task = main.task;
    this.#inputs = new Map([
      ...main.inputs.map(({ topic }) => [topic, 'task'] as const),
      ...global.inputs.map(({ topic }) => [topic, 'global'] as const),
    ]);
  }

  createInputTopic<K, V>(topic: string, keySerde: Serde<K>, valueSerde: Serde<V>): TestInputTopic<K, V> {
    return new TestInputTopic({ topic, keySerde, valueSerde, clock: this.#clock }, (record) => this.pipe(record));
  }

  createOutputTopic<K, V>(topic: string, keySerde: Serde<K>, valueSerde: Serde<V>): TestOutputTopic<K, V> {
    return new TestOutputTopic({ topic, keySerde, valueSerde }, this.#outputOf(topic));
  }

  /** Processes one record and everything that follows from it. @throws what the topology throws */
  pipe(record: ProducedRecord): void {
    if (this.#readerOf(record.topic) === 'nobody') throw illegalArgument(`Unknown topic: ${record.topic}`);
    this.#route(record);
    this.#runToQuiet();
  }

  /** Moves the wall clock, and runs the wall-clock punctuators that come due, each once. */
  advanceWallClockTime(by: DurationMs): void {
    this.#clock.advance(toMs(by, 'by'));
    this.#task.punctuate();
    this.#commit();
    this.#runToQuiet();
  }

  /** The topics that were written to, changelogs and other internal ones included. */
  producedTopicNames(): string[] {
    return [...this.#writtenTopics];
  }

  /** Takes all that was sent since the last call, over all topics, in the order of sending. */
  takeProduced(): ProducedRecord[] {
    const taken: ProducedRecord[] = [];
    while (this.#taken < this.#captured) taken.push(this.#produced.at(this.#taken++));
    return taken;
  }

  get storeNames(): string[] {
    return [...this.#stores.names, ...this.#globalStores.names];
  }

  /** A store of any kind, or null if there is none of the name. */
  getStateStore<S extends StateStore = StateStore>(name: string): S | null {
    if (this.#stores.names.includes(name)) return this.#stores.store(name) as S;
    return this.#globalStores.names.includes(name) ? (this.#globalStores.store(name) as S) : null;
  }

  getKeyValueStore<K, V>(name: string): KeyValueStore<K, V> | null {
    return this.getStateStore(name);
  }

  getTimestampedKeyValueStore<K, V>(name: string): TimestampedKeyValueStore<K, V> | null {
    return this.getStateStore(name);
  }

  getVersionedKeyValueStore<K, V>(name: string): VersionedKeyValueStore<K, V> | null {
    return this.getStateStore(name);
  }

  getWindowStore<K, V>(name: string): WindowStore<K, V> | null {
    return this.getStateStore(name);
  }

  getTimestampedWindowStore<K, V>(name: string): TimestampedWindowStore<K, V> | null {
    return this.getStateStore(name);
  }

  getSessionStore<K, V>(name: string): SessionStore<K, V> | null {
    return this.getStateStore(name);
  }

  async close(): Promise<void> {
    this.#task.close();
    this.#globalTask.close();
    await this.#stores.close();
    await this.#globalStores.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #makeTask(
    nodes: readonly NodeSpec[],
    options: TopologyTestDriverOptions,
    cache: CacheMemory | null,
    globalStores: TaskStores | null,
  ): { readonly task: Task; readonly stores: TaskStores; readonly inputs: readonly TaskInput[] } {
    const context = emptyRecordContext();
    const engine = options.engine ?? new MemoryEngine();
    const kind = engine.persistent ? 'rocksdb' : 'memory';
    const specs = this.#topology.storesInOrder(nodes).map(({ spec }) => ({ ...spec, engine: kind }) as const);
    const changelogTopicOf = (store: string) => `${this.#applicationId}-${store}-changelog`;
    const append = (
      topic: string,
      key: Uint8Array | null,
      value: Uint8Array | null,
      timestamp: number,
      headers: readonly Header[],
    ) => this.#produced.append(topic, key, value, timestamp, headers);
    const stores = new TaskStores({
      engines: new Map([[kind, engine]]),
      specs,
      changelogTopicOf,
      context,
      cache,
      recent: new RecentMemory(RECENT_SEGMENTS_BYTES_MAX),
      sink: { append: (store, key, value, at) => append(changelogTopicOf(store), key, value, at, NO_HEADERS) },
    });
    const inputs = nodes.flatMap((node) =>
      node.kind !== 'source'
        ? []
        : node.topics.map((topic) => ({
            topic: this.#realTopic(topic),
            partition: 0,
            source: node.name,
            partitionTimeMs: -1,
          })),
    );
    const task = new Task({
      id: '0_0',
      applicationId: this.#applicationId,
      nodes,
      inputs,
      stores: {
        store: (name) => (globalStores?.names.includes(name) ? globalStores.store(name) : stores.store(name)),
        flushCaches: () => stores.flushCaches(),
      },
      context,
      collector: {
        append: (topic, _partition, key, value, at, headers) => append(topic, key, value, at, headers),
        partitionCount: () => 1,
      },
      realTopic: (topic) => this.#realTopic(topic),
      clock: this.#clock,
      emitIntervalMs: options.emitIntervalMs ?? EMIT_INTERVAL_MS_DEFAULT,
      handlers: { ...DEFAULT_HANDLERS, ...options.handlers },
      deadLetterTopic: options.deadLetterTopic ?? null,
    });
    task.start();
    return { task, stores, inputs };
  }

  #realTopic(topic: string): string {
    return this.#topology.internalTopics.has(topic) ? `${this.#applicationId}-${topic}` : topic;
  }

  #runToQuiet(): void {
    this.#capture();
    while (this.#task.processOne()) {
      this.#commit();
      this.#capture();
    }
  }

  #commit(): void {
    this.#task.flush();
    this.#stores.writeCommitted(NO_POSITIONS);
    this.#task.committed();
  }

  /** Collects what was sent, and gives back what the topology itself reads. */
  #capture(): void {
    while (this.#captured < this.#produced.size) {
      const index = this.#captured++;
      const topic = this.#produced.topicOf(index);
      this.#writtenTopics.add(topic);
      this.#outputOf(topic).push(index);
      if (this.#readerOf(topic) !== 'nobody') this.#route(this.#produced.at(index));
    }
  }

  #outputOf(topic: string): ProducedQueue {
    const present = this.#outputs.get(topic);
    if (present !== undefined) return present;
    const queue = new ProducedQueue(this.#produced);
    this.#outputs.set(topic, queue);
    return queue;
  }

  #readerOf(topic: string): Reader {
    return this.#inputs.get(topic) ?? this.#findReader(topic);
  }

  /** Begins to read a topic if the pattern of a source matches it. */
  #findReader(topic: string): Reader {
    const names = topicNames(this.#applicationId, this.#topology);
    const matched = [...matchTopics(this.#topology, names, [topic])].find(([, topics]) => topics.length > 0);
    if (matched !== undefined) {
      this.#task.addInput({ topic, partition: 0, source: matched[0], partitionTimeMs: -1 });
    }
    const reader = matched === undefined ? 'nobody' : 'task';
    this.#inputs.set(topic, reader);
    return reader;
  }

  /** Gives a record to the task that reads its topic. */
  #route(record: ProducedRecord): void {
    const { topic } = record;
    const reader = this.#readerOf(topic);
    const offset = this.#offsets.get(topic) ?? 0;
    this.#offsets.set(topic, offset + 1);
    const task = reader === 'global' ? this.#globalTask : this.#task;
    task.enqueue(topic, 0, new RawRecordList([{ offset, ...record }]));
    if (reader === 'task') return;
    while (this.#globalTask.processOne()) this.#globalStores.writeCommitted(NO_POSITIONS);
  }
}
