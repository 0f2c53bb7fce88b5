import type { ChangelogRecord } from '../../state/build-store.ts';
import { MemoryEngine } from '../../state/engines/memory.ts';
import { CacheMemory } from '../../state/layers/cache-memory.ts';
import { emptyRecordContext } from '../../state/record-context.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { StateStore } from '../../state/stores.ts';
import { TaskStores } from '../../state/task-stores.ts';
import { DEFAULT_HANDLERS } from '../../task/handlers.ts';
import { type RawRecord, RawRecordList } from '../../task/raw-records.ts';
import type { RecordCollector } from '../../task/record-collector.ts';
import { type ConsumedOffset, Task } from '../../task/task.ts';
import type { NodeSpec } from '../../topology/node-specs.ts';
import type { Topology } from '../../topology/topology.ts';
import type { ManualClock } from '../manual-clock.ts';

export const APPLICATION_ID = 'laws';

/** What breaks in the machinery below the operators: for tests of the laws themselves. */
export type Faults = {
  /** Changelog records that never arrive. */
  readonly losesFromChangelog?: (store: string, value: Uint8Array | null) => boolean;
  /** A commit that does not flush the caches. */
  readonly forgetsToFlush?: boolean;
};

export type SimulatedTaskOptions = {
  readonly topology: Topology;
  readonly id: string;
  readonly partitions: readonly number[];
  readonly nodes: readonly NodeSpec[];
  /** The same with probes. */
  readonly probed: readonly NodeSpec[];
  readonly cacheMaxBytes: number;
  readonly clock: ManualClock;
  readonly collector: RecordCollector;
  readonly appendChangelog: (store: string, key: Uint8Array, value: Uint8Array | null, timestamp: number) => void;
  readonly globalStores: TaskStores | null;
  /** What the task before a restart had consumed. */
  readonly consumed: readonly ConsumedOffset[];
  readonly faults: Faults;
};

export function changelogTopicOf(store: string): string {
  return `${APPLICATION_ID}-${store}-changelog`;
}

export function realTopicOf(topology: Topology, topic: string): string {
  return topology.internalTopics.has(topic) ? `${APPLICATION_ID}-${topic}` : topic;
}

const NO_POSITIONS = new Map<string, never>();

/** A task as it runs on a cluster, with its stores in memory. */
export class SimulatedTask {
  readonly stores: TaskStores;
  readonly specs: readonly StoreSpec[];
  readonly partitions: readonly number[];
  readonly topics: readonly string[];
  readonly #task: Task;
  readonly #forgetsToFlush: boolean;

  constructor(options: SimulatedTaskOptions) {
    const { topology, nodes, probed, partitions, cacheMaxBytes, faults, globalStores } = options;
    this.partitions = partitions;
    this.#forgetsToFlush = faults.forgetsToFlush === true;
    const context = emptyRecordContext();
    this.specs = topology.storesInOrder(nodes).map(({ spec }) => ({ ...spec, engine: 'memory' as const }));
    this.stores = new TaskStores({
      engines: new Map([['memory', new MemoryEngine()]]),
      specs: this.specs,
      changelogTopicOf,
      context,
      cache: cacheMaxBytes > 0 ? new CacheMemory(cacheMaxBytes) : null,
      sink: { append: options.appendChangelog },
    });
    const realTopic = (topic: string): string => realTopicOf(topology, topic);
    const sources = nodes.filter((node) => node.kind === 'source');
    const read = sources.flatMap(({ name, topics }) =>
      topics.map((topic) => ({ topic: realTopic(topic), source: name })),
    );
    this.topics = read.map(({ topic }) => topic);
    this.#task = new Task({
      id: options.id,
      applicationId: APPLICATION_ID,
      nodes: probed,
      inputs: read.flatMap(({ topic, source }) =>
        partitions.map((partition) => {
          const before = options.consumed.find((offset) => offset.topic === topic && offset.partition === partition);
          return { topic, partition, source, partitionTimeMs: before?.partitionTimeMs ?? -1 };
        }),
      ),
      stores: {
        store: (name): StateStore =>
          globalStores?.names.includes(name) ? globalStores.store(name) : this.stores.store(name),
        flushCaches: () => this.stores.flushCaches(),
      },
      context,
      collector: options.collector,
      realTopic,
      clock: options.clock,
      emitIntervalMs: 0,
      handlers: DEFAULT_HANDLERS,
      deadLetterTopic: null,
    });
  }

  /** Brings a store to what its changelog says. */
  restore(store: string, records: readonly RawRecord[]): void {
    const keyed = records.filter((record): record is RawRecord & ChangelogRecord => record.key !== null);
    this.stores.restore(store, keyed, { topicId: '', offset: records.length });
  }

  /** Begins to process; stores must be restored. */
  start(): void {
    this.#task.start();
  }

  enqueue(topic: string, partition: number, record: RawRecord): void {
    this.#task.enqueue(topic, partition, new RawRecordList([record]));
  }

  processOne(): boolean {
    return this.#task.processOne();
  }

  flush(): void {
    if (!this.#forgetsToFlush) this.#task.flush();
  }

  committed(): void {
    this.stores.writeCommitted(NO_POSITIONS);
    this.#task.committed();
  }

  consumed(): readonly ConsumedOffset[] {
    return this.#task.consumed();
  }

  close(): void {
    this.#task.close();
  }
}
