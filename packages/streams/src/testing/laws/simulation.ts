import type { RawRecord } from '../../task/raw-records.ts';
import type { ConsumedOffset } from '../../task/task.ts';
import { ManualClock } from '../manual-clock.ts';
import type { InputRecord } from './history.ts';
import type { SourceTopic, TopologyModel } from './model.ts';
import type { Observation, Passed, Row } from './observation.ts';
import { type Observe, withProbes } from './probe.ts';
import { keysIn, readRows } from './read-rows.ts';
import { changelogTopicOf, type Faults, realTopicOf, SimulatedTask } from './simulated-task.ts';
import { type Appended, compacted, TopicLogs } from './topic-logs.ts';

export type SimulationOptions = {
  readonly partitions: number;
  readonly cacheMaxBytes: number;
  readonly faults: Faults;
};

/** A chain of caches is not longer. */
const COMMIT_PASSES_MAX = 100;

/**
 * An application and its broker in a few objects: the tasks are those of a cluster, one for each sub-topology and
 * partition; topics are lists. Every record is processed to the end before the next comes, as the test driver does it.
 */
export class Simulation {
  readonly #model: TopologyModel;
  readonly #options: SimulationOptions;
  readonly #clock = new ManualClock(0);
  readonly #logs: TopicLogs;
  readonly #sources: ReadonlyMap<string, SourceTopic>;
  readonly #appended: Appended[] = [];
  readonly #passed = new Map<string, Passed[]>();
  readonly #readers = new Map<string, SimulatedTask>();
  readonly #changelogTopics: ReadonlySet<string>;
  readonly #consumed = new Map<string, ConsumedOffset>();
  #tasks: readonly SimulatedTask[] = [];
  #globalTask: SimulatedTask | null = null;
  #sequence = 0;

  constructor(model: TopologyModel, options: SimulationOptions) {
    this.#model = model;
    this.#options = options;
    this.#logs = new TopicLogs(options.partitions);
    this.#sources = new Map(model.sources.map((source) => [source.topic, source]));
    this.#changelogTopics = new Set([...model.topology.stores.keys()].map(changelogTopicOf));
    this.#start([]);
  }

  accept(record: InputRecord): void {
    const source = this.#sources.get(record.topic)!;
    const key = this.#bytes(record.key, source.keySerde, record.topic);
    const value = this.#bytes(record.value, source.valueSerde, record.topic);
    this.#appended.push(this.#logs.append(record.topic, null, key, value, record.timestamp, []));
    this.#settle();
  }

  /** Until nothing more comes of it: what one part flushes, the next may hold. */
  commit(): void {
    let before = -1;
    for (let pass = 0; pass < COMMIT_PASSES_MAX && this.#logs.size !== before; pass++) {
      before = this.#logs.size;
      for (const task of this.#tasks) task.flush();
      this.#settle();
    }
    for (const task of this.#tasks) task.committed();
  }

  /** Ends behind a commit and goes on in new tasks. */
  restart(): void {
    this.commit();
    for (const offset of this.#tasks.flatMap((task) => task.consumed())) {
      this.#consumed.set(`${offset.topic}:${offset.partition}`, offset);
    }
    this.close();
    this.#start([...this.#consumed.values()]);
  }

  close(): void {
    for (const task of this.#tasks) task.close();
    this.#globalTask?.close();
  }

  observe(): Observation {
    const { topology } = this.#model;
    const stores = new Map<string, Map<string, Row>>();
    for (const task of [...this.#tasks, ...(this.#globalTask === null ? [] : [this.#globalTask])]) {
      for (const spec of task.specs) {
        const rows = stores.get(spec.name) ?? new Map<string, Row>();
        stores.set(spec.name, rows);
        const keys = spec.kind === 'versioned' ? keysIn(spec, this.#logs.readAll(this.#changelogOf(spec.name))) : [];
        for (const row of readRows(spec, task.stores.store(spec.name), keys.values())) rows.set(row.keyText, row);
      }
    }
    const changelogs = new Map<string, readonly RawRecord[]>();
    for (const [name, { spec, changelogIsSourceTopic, global }] of topology.stores) {
      if (global) continue;
      const topic = changelogIsSourceTopic ?? (spec.logging === false ? null : changelogTopicOf(name));
      if (topic !== null) changelogs.set(name, this.#logs.readAll(topic));
    }
    const internal = new Set([...topology.internalTopics.keys()].map((topic) => realTopicOf(topology, topic)));
    const visible = [...this.#logs.topics].filter(
      (topic) => !internal.has(topic) && !this.#changelogTopics.has(topic) && !this.#sources.has(topic),
    );
    const outputs = new Map(visible.map((topic) => [topic, this.#logs.readAll(topic)]));
    return { stores, changelogs, outputs, passed: this.#passed };
  }

  /** The store's changelog topic, or the source topic that stands for it. */
  #changelogOf(store: string): string {
    return this.#model.topology.stores.get(store)?.changelogIsSourceTopic ?? changelogTopicOf(store);
  }

  #bytes(value: unknown, serde: SourceTopic['keySerde'], topic: string): Uint8Array | null {
    return value === null || value === undefined ? null : serde.serialize(value, topic);
  }

  #start(consumed: readonly ConsumedOffset[]): void {
    const { topology } = this.#model;
    const parts = topology.subTopologies();
    const allPartitions = Array.from({ length: this.#options.partitions }, (_, partition) => partition);
    const globalNodes = parts.filter(({ global }) => global).flatMap(({ nodes }) => nodes);
    this.#readers.clear();
    this.#globalTask =
      globalNodes.length === 0 ? null : this.#makeTask('global', globalNodes, allPartitions, consumed, 0);
    this.#globalTask?.start();
    if (this.#globalTask !== null) this.#replay(this.#globalTask);
    const cacheMaxBytes = this.#options.cacheMaxBytes;
    this.#tasks = parts
      .filter(({ global, nodes }) => !global && nodes.some(({ kind }) => kind === 'source'))
      .flatMap(({ id, nodes }) =>
        allPartitions.map((partition) =>
          this.#makeTask(`${id}_${partition}`, nodes, [partition], consumed, cacheMaxBytes),
        ),
      );
    for (const task of this.#tasks) {
      this.#restore(task);
      task.start();
    }
  }

  #makeTask(
    id: string,
    nodes: ConstructorParameters<typeof SimulatedTask>[0]['nodes'],
    partitions: readonly number[],
    consumed: readonly ConsumedOffset[],
    cacheMaxBytes: number,
  ): SimulatedTask {
    const { topology, places } = this.#model;
    const observe: Observe = (place, taskId, key, value, timestamp) => {
      const passed = this.#passed.get(place) ?? [];
      if (passed.length === 0) this.#passed.set(place, passed);
      passed.push({ taskId, key, value, timestamp, sequence: this.#sequence++ });
    };
    const { losesFromChangelog } = this.#options.faults;
    const task = new SimulatedTask({
      topology,
      id,
      nodes,
      probed: withProbes(nodes, places, observe),
      partitions,
      cacheMaxBytes,
      clock: this.#clock,
      collector: {
        append: (topic, partition, key, value, timestamp, headers) => {
          this.#appended.push(this.#logs.append(topic, partition, key, value, timestamp, headers));
        },
        partitionCount: () => this.#logs.partitions,
      },
      appendChangelog: (store, key, value, timestamp) => {
        if (losesFromChangelog?.(store, value) === true) return;
        this.#logs.append(changelogTopicOf(store), partitions[0]!, key, value, timestamp, []);
      },
      globalStores: this.#globalTask?.stores ?? null,
      consumed,
      faults: this.#options.faults,
    });
    for (const topic of task.topics)
      for (const partition of partitions) this.#readers.set(`${topic}:${partition}`, task);
    return task;
  }

  /** A global task knows nothing of offsets: it reads its topics from the start, each time. */
  #replay(task: SimulatedTask): void {
    for (const topic of task.topics) {
      for (const partition of task.partitions) {
        for (const record of this.#logs.read(topic, partition)) task.enqueue(topic, partition, record);
      }
    }
    while (task.processOne()) task.committed();
  }

  #restore(task: SimulatedTask): void {
    const [partition] = task.partitions;
    for (const spec of task.specs) {
      const sourceTopic = this.#model.topology.stores.get(spec.name)?.changelogIsSourceTopic ?? null;
      if (spec.logging === false && sourceTopic === null) continue;
      const log = this.#logs.read(sourceTopic ?? changelogTopicOf(spec.name), partition!);
      // A topic with cleanup policy compact may show only the last record of each key.
      task.restore(spec.name, spec.kind === 'key-value' ? compacted(log) : log);
    }
  }

  #settle(): void {
    this.#deliver();
    let isBusy = true;
    while (isBusy) {
      isBusy = false;
      for (const task of this.#tasks) {
        while (task.processOne()) {
          isBusy = true;
          this.#deliver();
        }
      }
    }
  }

  #deliver(): void {
    for (const { topic, partition, record } of this.#appended.splice(0)) {
      const task = this.#readers.get(`${topic}:${partition}`);
      task?.enqueue(topic, partition, record);
      if (task === undefined || task !== this.#globalTask) continue;
      while (task.processOne()) task.committed();
    }
  }
}
