import type { TopicPartition } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import type { StorePartitions } from '../query/store-partitions.ts';
import type { KeyPlacing, KeyQueryMetadata, StreamsMetadata } from '../query/streams-metadata.ts';
import type { MemberTasks } from './assignment/user-data.ts';
import { parseTaskId, taskIdText } from './layout/task-id.ts';
import { partitionsOf, type SubTopologyLayout, taskCount } from './layout/topology-layout.ts';
import type { Application } from './threads/application.ts';
import type { ThreadView } from './threads/stream-thread.ts';

/**
 * Where the group's tasks are, as the threads of this instance know it from the last round: behind all metadata for
 * queries.
 */
export class Places {
  readonly #application: Application;
  readonly #views: readonly ThreadView[];
  readonly #processId: string;
  readonly #members: readonly MemberTasks[];
  readonly #counts: ReadonlyMap<string, number>;

  constructor(application: Application, views: readonly ThreadView[], processId: string) {
    this.#application = application;
    this.#views = views;
    this.#processId = processId;
    const told = views.find(({ members }) => members.length > 0);
    this.#members = told?.members ?? [];
    this.#counts = told?.partitionCounts ?? new Map();
  }

  /** Each instance once, whatever number of threads it has. */
  instances(): readonly StreamsMetadata[] {
    const byProcess = Map.groupBy(this.#members, ({ processId }) => processId);
    return [...byProcess].map(([processId, members]) => {
      const active = members.flatMap(({ tasks }) => tasks);
      const standby = members.flatMap(({ standbyTasks }) => standbyTasks);
      return {
        applicationServer: members[0]!.applicationServer,
        isLocal: processId === this.#processId,
        stateStoreNames: [...this.#storesOf(active), ...this.#globalStores],
        topicPartitions: this.#inputsOf(active),
        standbyStateStoreNames: this.#storesOf(standby),
        standbyTopicPartitions: this.#inputsOf(standby),
      };
    });
  }

  instancesWith(store: string): readonly StreamsMetadata[] {
    return this.instances().filter(({ stateStoreNames, standbyStateStoreNames }) => {
      return stateStoreNames.includes(store) || standbyStateStoreNames.includes(store);
    });
  }

  isGlobal(store: string): boolean {
    return this.#application.topology.stores.get(store)?.global === true;
  }

  /** Null while it is not known, and for a global store. */
  partitionCountOf(store: string): number | null {
    const subTopology = this.#subTopologyOf(store);
    const count = subTopology === undefined ? 0 : taskCount(subTopology, this.#counts);
    return count === 0 ? null : count;
  }

  /** Of a store that is not global. */
  partitionsOf(store: string): StorePartitions {
    const subTopology = this.#subTopologyOf(store)!;
    const held = (tasks: readonly string[]): readonly number[] =>
      tasks.flatMap((text) => {
        const task = parseTaskId(text)!;
        return task.subTopology === subTopology.id ? [task.partition] : [];
      });
    const copies = this.#members.flatMap(({ applicationServer, standbyTasks }) =>
      held(standbyTasks).map((partition) => ({ partition, applicationServer })),
    );
    return {
      total: taskCount(subTopology, this.#counts),
      local: this.#views.flatMap(({ tasks }) => held(tasks)),
      owners: new Map(
        this.#members.flatMap(({ applicationServer, tasks }) =>
          held(tasks).map((partition) => [partition, applicationServer] as const),
        ),
      ),
      standbys: new Map(
        [...Map.groupBy(copies, ({ partition }) => partition)].map(([partition, each]) => [
          partition,
          each.map(({ applicationServer }) => applicationServer),
        ]),
      ),
    };
  }

  placeOf<K>(store: string, key: K, placing: KeyPlacing<K> | undefined): KeyQueryMetadata {
    if (this.isGlobal(store)) {
      const { applicationServer: activeHost } = this.#application.config;
      return { kind: 'available', activeHost, standbyHosts: [], partition: -1, isLocal: true };
    }
    const count = this.partitionCountOf(store);
    if (count === null) return { kind: 'not-available', standbyHosts: [], partition: -1 };
    const partition = this.#partitionOf(store, key, count, placing);
    const task = taskIdText({ subTopology: this.#subTopologyOf(store)!.id, partition });
    const standbyHosts = this.#members
      .filter(({ standbyTasks }) => standbyTasks.includes(task))
      .map(({ applicationServer }) => applicationServer);
    const owner = this.#members.find(({ tasks }) => tasks.includes(task));
    if (owner === undefined) return { kind: 'not-available', standbyHosts, partition };
    const isLocal = this.#views.some(({ tasks }) => tasks.includes(task));
    return { kind: 'available', activeHost: owner.applicationServer, standbyHosts, partition, isLocal };
  }

  #partitionOf<K>(store: string, key: K, count: number, placing: KeyPlacing<K> | undefined): number {
    const { names, topology } = this.#application;
    const topic = names.changelog(store);
    const chosen = typeof placing === 'function' ? placing(topic, key, null, count) : undefined;
    if (chosen !== undefined) return chosen;
    const serde = typeof placing === 'object' ? placing : topology.stores.get(store)!.spec.keySerde;
    return partitionForKey(serde.serialize(key, topic), count);
  }

  get #globalStores(): readonly string[] {
    return [...this.#application.topology.stores.keys()].filter((store) => this.isGlobal(store));
  }

  #subTopologyOf(store: string): SubTopologyLayout | undefined {
    return this.#layout.subTopologies.find(({ stores }) => stores.includes(store));
  }

  get #layout(): Application['layout'] {
    return this.#application.layout.matching(this.#counts.keys());
  }

  #storesOf(tasks: readonly string[]): readonly string[] {
    const ids = new Set(tasks.map((task) => parseTaskId(task)!.subTopology));
    return this.#layout.subTopologies.flatMap(({ id, stores }) => (ids.has(id) ? stores : []));
  }

  #inputsOf(tasks: readonly string[]): readonly TopicPartition[] {
    return partitionsOf(this.#layout, tasks, this.#counts);
  }
}
