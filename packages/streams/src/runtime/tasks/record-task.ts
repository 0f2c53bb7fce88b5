import { assert } from '@millrace/base';
import type { TopicPartition } from '@millrace/client';
import type { RecordContext } from '../../state/record-context.ts';
import type { RawRecords } from '../../task/raw-records.ts';
import { type StoresOfTask, Task, type TaskInput } from '../../task/task.ts';
import type { SourceSpec } from '../../topology/node-specs.ts';
import type { SubTopology } from '../../topology/sub-topologies.ts';
import type { Topology } from '../../topology/topology.ts';
import type { RuntimeConfig } from '../config/options.ts';
import type { TopicNames } from '../layout/topic-names.ts';
import type { Output } from '../output/output.ts';
import type { CommittedMetadata } from './committed-metadata.ts';

/** What is known of an input partition's log. */
export type InputPartition = TopicPartition & { fetchedOffset: number; endOffset: number };

/** How far a task has processed one of its partitions. */
export type ConsumedPosition = TopicPartition & {
  /** The offset of the next record to process. */
  readonly offset: number;
  readonly partitionTimeMs: number;
};

/** The processing half of a task: queues, operators, punctuation. */
export type RecordTask = {
  enqueue(topic: string, partition: number, records: RawRecords): void;
  bufferedRecords(topic: string, partition: number): number;
  /** Whether any input has a record queued, and whether every one has. */
  readonly hasQueued: boolean;
  readonly allQueued: boolean;
  /** How many inputs have a record queued. */
  readonly queuedInputs: number;
  /** Processes the next record by time and what follows from it; false when nothing is queued. */
  processOne(): boolean;
  /** Runs wall-clock punctuators that are due; returns whether any was. */
  punctuate(): boolean;
  /** Whether user code asked for a commit since the last one. */
  readonly commitRequested: boolean;
  /** Writes out what caches and buffers of the task hold back, so that a commit covers it. */
  flush(): void;
  consumed(): readonly ConsumedPosition[];
  /** Records that a rule of an operator, or a handler, left out. */
  readonly droppedCount: number;
  /** Times that the task's nodes must know after a restart. */
  readonly processorMetadata: ReadonlyMap<string, number>;
  /** Says that a commit covered everything up to now. */
  committed(): void;
  close(): void;
};

/** What the processing half of a task is made of. */
export type RecordTaskParts = {
  readonly id: string;
  readonly partition: number;
  readonly topology: Topology;
  readonly subTopology: SubTopology;
  readonly names: TopicNames;
  readonly inputs: readonly (InputPartition & CommittedMetadata)[];
  readonly stores: StoresOfTask;
  readonly context: RecordContext;
  readonly output: Output;
  readonly config: RuntimeConfig;
};

/** Ties a task to its thread: records leave through the thread's producer. */
export function createRecordTask(parts: RecordTaskParts): RecordTask {
  const { subTopology, names, config, stores } = parts;
  const sources = subTopology.nodes.filter((node): node is SourceSpec => node.kind === 'source');
  const inputs = parts.inputs.map(({ topic, partition, partitionTimeMs, processorMetadata }): TaskInput => {
    const source = sources.find(({ topics }) => topics.some((name) => names.real(name) === topic));
    assert(source !== undefined, `${topic} is read by no source of task ${parts.id}`);
    return { topic, partition, source: source.name, partitionTimeMs, processorMetadata };
  });
  return new Task({
    id: parts.id,
    applicationId: config.applicationId,
    nodes: subTopology.nodes,
    inputs,
    stores,
    context: parts.context,
    collector: parts.output,
    realTopic: names.real,
    clock: config.clock,
    emitIntervalMs: config.emitIntervalMs,
    handlers: config.handlers,
    deadLetterTopic: config.deadLetterTopic,
    dropped: (node, reason) => config.logger.debug('record dropped', { task: parts.id, node, reason }),
  });
}
