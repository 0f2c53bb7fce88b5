import { type Client, type Fetcher, type ListedOffset, partitionKey, type TopicPartition } from '@millrace/client';
import { type Position, positionBefore } from '../../query/position.ts';
import { MemoryEngine } from '../../state/engines/memory.ts';
import type { StoreEngine } from '../../state/engines/store-engine.ts';
import { emptyRecordContext } from '../../state/record-context.ts';
import type { StoreEngineKind } from '../../state/store-spec.ts';
import type { StateStore } from '../../state/stores.ts';
import { TaskStores } from '../../state/task-stores.ts';
import { failOnError } from '../../task/handlers.ts';
import type { SubTopology } from '../../topology/sub-topologies.ts';
import type { Topology } from '../../topology/topology.ts';
import type { RuntimeConfig } from '../config/options.ts';
import type { TopicNames } from '../layout/topic-names.ts';
import type { Output } from '../output/output.ts';
import { decodeCommittedMetadata } from './committed-metadata.ts';
import { FetchedRecords } from './fetched-records.ts';
import { createRecordTask, type RecordTask } from './record-task.ts';
import type { StateDirectory } from './state-directory.ts';

export type GlobalStoresOptions = {
  readonly topology: Topology;
  readonly names: TopicNames;
  readonly config: RuntimeConfig;
  readonly client: Client;
  readonly output: Output;
  readonly stateDirectory: StateDirectory;
};

/** The folder of all global stores, beside those of the tasks. */
const FOLDER = 'global';
const POLL_MS = 100;

/**
 * The global tables of an application: every instance reads all partitions of their topics, outside the group, and
 * has them complete before its first task runs. They are read anew at each start: a topic that is small enough to be
 * on every instance is small enough for that.
 */
export class GlobalStores {
  readonly #options: GlobalStoresOptions;
  readonly #fetcher: Fetcher;
  readonly #tasks: RecordTask[] = [];
  readonly #taskOfTopic = new Map<string, RecordTask>();
  readonly #partitions: TopicPartition[] = [];
  readonly #context = emptyRecordContext();
  #stores: TaskStores | null = null;

  constructor(options: GlobalStoresOptions) {
    this.#options = options;
    const { isolationLevel } = options.config;
    this.#fetcher = options.client.fetcher({ offsetReset: 'earliest', isolationLevel });
  }

  get isEmpty(): boolean {
    return this.#tasks.length === 0;
  }

  has(name: string): boolean {
    return this.#stores?.names.includes(name) ?? false;
  }

  store(name: string): StateStore {
    return this.#stores!.store(name);
  }

  /** The last offset of each topic's partitions that the stores have. */
  get position(): Position {
    return positionBefore(
      this.#partitions.map(({ topic, partition }) => {
        return { topic, partition, offset: this.#fetcher.position(topic, partition) ?? 0 };
      }),
    );
  }

  /** Reads everything that the topics hold now. */
  async fill(signal: AbortSignal): Promise<void> {
    const subTopologies = this.#options.topology.subTopologies().filter(({ global }) => global);
    if (subTopologies.length === 0) return;
    await this.#openStores(subTopologies.flatMap(({ stores }) => stores));
    const ends = new Map<string, ListedOffset>();
    for (const subTopology of subTopologies) await this.#addTask(subTopology, ends);
    while (ends.size > 0 && !signal.aborted) {
      await this.poll(POLL_MS);
      for (const [end, { topic, partition, offset }] of ends) {
        if ((this.#fetcher.position(topic, partition) ?? 0) >= offset) ends.delete(end);
      }
    }
  }

  /** Applies what was fetched since the last time. */
  async poll(maxWaitMs: number): Promise<void> {
    const fetched = await this.#fetcher.poll({ maxWaitMs });
    if (fetched.length === 0) return;
    for (const part of fetched) {
      this.#taskOfTopic.get(part.topic)?.enqueue(part.topic, part.partition, new FetchedRecords(part));
    }
    for (const task of this.#tasks) while (task.processOne());
    this.#stores?.writeCommitted(new Map());
  }

  async close(timeoutMs: number): Promise<void> {
    await this.#fetcher.close({ timeoutMs });
    for (const task of this.#tasks) task.close();
    await this.#stores?.close();
  }

  async #openStores(names: readonly string[]): Promise<void> {
    const { topology, names: topics, stateDirectory } = this.#options;
    const specs = names.map((name) => topology.stores.get(name)!.spec);
    const engines = new Map<StoreEngineKind, StoreEngine>([['memory', new MemoryEngine()]]);
    if (specs.some(({ engine }) => engine === 'rocksdb'))
      engines.set('rocksdb', await stateDirectory.openEngine(FOLDER));
    this.#stores = new TaskStores({
      engines,
      specs,
      changelogTopicOf: topics.changelog,
      context: this.#context,
      cache: null,
      sink: null,
    });
    for (const name of names) this.#stores.wipe(name);
  }

  async #addTask(subTopology: SubTopology, ends: Map<string, ListedOffset>): Promise<void> {
    const { topology, names, client, config, output } = this.#options;
    const topics = subTopology.nodes.flatMap((node) => (node.kind === 'source' ? node.topics : []));
    const partitions: TopicPartition[] = [];
    for (const name of topics) {
      const topic = names.real(name);
      const described = await client.topic(topic);
      for (const { partition } of described.partitions) partitions.push({ topic, partition });
    }
    const { isolationLevel } = config;
    for (const end of await client.admin.listOffsets(partitions, 'latest', { isolationLevel })) {
      if (end.offset > 0) ends.set(partitionKey(end.topic, end.partition), end);
    }
    const task = createRecordTask({
      id: `${subTopology.id}_0`,
      partition: 0,
      topology,
      subTopology,
      names,
      inputs: partitions.map((at) => ({ ...at, fetchedOffset: 0, endOffset: 0, ...decodeCommittedMetadata('') })),
      stores: this.#stores!,
      context: this.#context,
      output,
      config: globalConfig(config),
    });
    this.#tasks.push(task);
    for (const { topic, partition } of partitions) {
      this.#taskOfTopic.set(topic, task);
      this.#fetcher.assign(topic, partition, 'earliest');
      this.#partitions.push({ topic, partition });
    }
  }
}

/**
 * What fails in a global table is the handler's business only if the application says so; every instance has it, so
 * none writes dead letters.
 */
function globalConfig(config: RuntimeConfig): RuntimeConfig {
  const { handlers, processingExceptionHandlerGlobalEnabled: isHandled } = config;
  const own = isHandled ? handlers : { ...handlers, processing: failOnError };
  return { ...config, handlers: own, deadLetterTopic: null };
}
