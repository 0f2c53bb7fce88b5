import { assert } from '@millrace/base';
import { Task, type TaskInput } from '../task/task.ts';
import type { SourceSpec } from '../topology/node-specs.ts';
import type { RecordTask } from './active-task.ts';
import type { RecordTaskParts } from './task-factory.ts';

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
