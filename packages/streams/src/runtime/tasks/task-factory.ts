import { MillraceError } from '@millrace/base';
import type { Client, GroupMember, TopicPartition } from '@millrace/client';
import { MemoryEngine } from '../../state/engines/memory.ts';
import type { StoreEngine } from '../../state/engines/store-engine.ts';
import type { CacheMemory } from '../../state/layers/cache-memory.ts';
import type { RecentMemory } from '../../state/layers/recent-segments.ts';
import { emptyRecordContext } from '../../state/record-context.ts';
import type { StoreEngineKind, StoreSpec } from '../../state/store-spec.ts';
import { TaskStores, type TaskStoresOptions } from '../../state/task-stores.ts';
import type { OffsetReset } from '../../topology/node-specs.ts';
import type { SubTopology } from '../../topology/sub-topologies.ts';
import type { Topology } from '../../topology/topology.ts';
import type { RuntimeConfig } from '../config/options.ts';
import { parseTaskId } from '../layout/task-id.ts';
import type { TopicNames } from '../layout/topic-names.ts';
import { partitionsOf, type SubTopologyLayout, type TopologyLayout } from '../layout/topology-layout.ts';
import type { Output } from '../output/output.ts';
import { ActiveTask, type TaskChangelog } from './active-task.ts';
import { type CommittedMetadata, decodeCommittedMetadata } from './committed-metadata.ts';
import type { GlobalStores } from './global-stores.ts';
import { createRecordTask, type InputPartition } from './record-task.ts';
import type { StandbyTask } from './standby-task.ts';
import type { StateDirectory } from './state-directory.ts';

export type TaskFactoryOptions = {
  readonly topology: Topology;
  readonly layout: TopologyLayout;
  readonly names: TopicNames;
  readonly config: RuntimeConfig;
  readonly client: Client;
  readonly member: GroupMember;
  readonly output: Output;
  readonly cache: CacheMemory | null;
  readonly recent: RecentMemory;
  readonly globals: GlobalStores;
  readonly stateDirectory: StateDirectory;
};

/** Makes tasks: opens their state, finds where to begin in each input, builds the operators. */
export class TaskFactory {
  readonly #options: TaskFactoryOptions;

  constructor(options: TaskFactoryOptions) {
    this.#options = options;
  }

  /** The partitions that a task reads. */
  inputsOf(id: string, counts: ReadonlyMap<string, number>): readonly TopicPartition[] {
    return partitionsOf(this.#options.layout.matching(counts.keys()), [id], counts);
  }

  async create(id: string, counts: ReadonlyMap<string, number>): Promise<ActiveTask> {
    const { topology, names, output, config } = this.#options;
    const layout = this.#options.layout.matching(counts.keys());
    const own = subTopologyOf(layout, id);
    const { partition } = own;
    const inputs = await this.#inputs(partitionsOf(layout, [id], counts), own.subTopology);
    await output.learn(own.sinks);
    const changelogs = await this.#changelogs(own.loggedStores, partition);
    const context = emptyRecordContext();
    // Put together once: the name is looked up for every change of a store.
    const changelogTopics = new Map(own.stores.map((store) => [store, names.changelog(store)]));
    const stores = await this.#stores(id, own.stores, {
      context,
      cache: this.#options.cache,
      recent: this.#options.recent,
      sink: {
        append: (store, key, value, timestamp) =>
          output.append(changelogTopics.get(store)!, partition, key, value, timestamp, NO_HEADERS),
      },
    });
    const { globals } = this.#options;
    const records = createRecordTask({
      id,
      partition,
      topology,
      subTopology: own.subTopology,
      names,
      inputs,
      stores: {
        store: (name) => (globals.has(name) ? globals.store(name) : stores.store(name)),
        flushCaches: () => stores.flushCaches(),
      },
      context,
      output,
      config,
    });
    return new ActiveTask({ id, inputs, changelogs, stores, records, isolationLevel: config.isolationLevel });
  }

  /** The state of a task that runs elsewhere. */
  async createStandby(id: string, counts: ReadonlyMap<string, number>): Promise<StandbyTask> {
    const own = subTopologyOf(this.#options.layout.matching(counts.keys()), id);
    const changelogs = await this.#changelogs(own.loggedStores, own.partition);
    const context = emptyRecordContext();
    const stores = await this.#stores(id, own.stores, { context, cache: null, recent: null, sink: null });
    return { id, changelogs, stores };
  }

  async #stores(
    id: string,
    stores: readonly string[],
    parts: Pick<TaskStoresOptions, 'context' | 'cache' | 'recent' | 'sink'>,
  ): Promise<TaskStores> {
    const { topology, names } = this.#options;
    const specs = stores.map((name) => topology.stores.get(name)!.spec);
    const engines = await this.#engines(id, specs);
    return new TaskStores({ engines, specs, changelogTopicOf: names.changelog, ...parts });
  }

  async #engines(id: string, specs: readonly StoreSpec[]): Promise<Map<StoreEngineKind, StoreEngine>> {
    const engines = new Map<StoreEngineKind, StoreEngine>();
    const kinds = new Set(specs.map(({ engine }) => engine));
    if (kinds.has('memory')) engines.set('memory', new MemoryEngine());
    if (kinds.has('rocksdb')) engines.set('rocksdb', await this.#options.stateDirectory.openEngine(id));
    return engines;
  }

  /** The changelog partitions of stores that have one: their own, or a source topic that stands for it. */
  async #changelogs(stores: readonly string[], partition: number): Promise<TaskChangelog[]> {
    const { topology, names, client } = this.#options;
    const changelogs: TaskChangelog[] = [];
    for (const store of stores) {
      const { changelogIsSourceTopic } = topology.stores.get(store)!;
      const topic = names.changelog(store);
      const { topicId } = await client.topic(topic);
      changelogs.push({ store, topic, partition, topicId, isSourceTopic: changelogIsSourceTopic !== null });
    }
    return changelogs;
  }

  async #inputs(
    partitions: readonly TopicPartition[],
    subTopology: SubTopology,
  ): Promise<(InputPartition & CommittedMetadata)[]> {
    const { member, client, config } = this.#options;
    const [committed, ends] = await Promise.all([
      member.committed(partitions),
      client.admin.listOffsets(partitions, 'latest', { isolationLevel: config.isolationLevel }),
    ]);
    const inputs: (InputPartition & CommittedMetadata)[] = [];
    for (const { topic, partition } of partitions) {
      const isHere = (other: { topic: string; partition: number }): boolean =>
        other.topic === topic && other.partition === partition;
      const known = committed.find(isHere);
      const endOffset = ends.find(isHere)!.offset;
      const fetchedOffset = known?.offset ?? (await this.#beginning({ topic, partition }, subTopology, endOffset));
      inputs.push({ topic, partition, fetchedOffset, endOffset, ...decodeCommittedMetadata(known?.metadata ?? '') });
    }
    return inputs;
  }

  /** Where a partition begins that the group has never committed. */
  async #beginning({ topic, partition }: TopicPartition, subTopology: SubTopology, endOffset: number): Promise<number> {
    const { client, config } = this.#options;
    const reset = this.#resetOf(topic, subTopology);
    if (reset === 'latest') return endOffset;
    if (reset === 'none') {
      throw new MillraceError(
        'NO_OFFSET_FOR_PARTITION',
        `the application has no committed offset for ${topic}:${partition}, and its source says offsetReset 'none'`,
      );
    }
    const spec = reset === 'earliest' ? reset : { timestamp: config.clock.wallMs() - reset.byDurationMs };
    const [listed] = await client.admin.listOffsets([{ topic, partition }], spec);
    return listed === undefined || listed.offset < 0 ? endOffset : listed.offset;
  }

  #resetOf(topic: string, { nodes }: SubTopology): OffsetReset {
    const { names, layout, config } = this.#options;
    // What the application wrote for itself is read from its beginning, whatever inputs say.
    if (layout.repartitionTopics.has(topic)) return 'earliest';
    for (const node of nodes) {
      if (node.kind === 'source' && node.topics.some((name) => names.real(name) === topic)) {
        return node.offsetReset ?? config.autoOffsetReset;
      }
    }
    return config.autoOffsetReset;
  }
}

const NO_HEADERS: readonly [] = [];

function subTopologyOf(layout: TopologyLayout, task: string): SubTopologyLayout & { readonly partition: number } {
  const { subTopology, partition } = parseTaskId(task)!;
  return { ...layout.subTopologies.find(({ id }) => id === subTopology)!, partition };
}
