import type { Clock } from '@millrace/base';
import { assert } from '@millrace/base';
import { StreamsError, type StreamsErrorCode } from '../errors.ts';
import {
  emptyRecordContext,
  NO_HEADERS,
  type RecordContext,
  restoreRecordContext,
  saveRecordContext,
} from '../state/record-context.ts';
import type { StateStore } from '../state/stores.ts';
import { CacheFlushFailure } from '../state/task-stores.ts';
import type { NodeSpec, SourceSpec } from '../topology/node-specs.ts';
import type { Cancellable, PunctuationType, Punctuator } from '../topology/processor-api.ts';
import type { NodeContext, RunningNode } from '../topology/running-node.ts';
import {
  type DeadLetter,
  type FailureContext,
  type FailureHandlers,
  failedRecord,
  type HandlerAnswer,
  type ProductionAnswer,
} from './handlers.ts';
import { PartitionGroup } from './partition-group.ts';
import { Punctuations } from './punctuations.ts';
import type { RawRecord, RawRecords } from './raw-records.ts';
import type { RecordCollector } from './record-collector.ts';
import { RecordQueue } from './record-queue.ts';
import { SinkNode, type SinkStep } from './sink-node.ts';
import { wireNodes } from './wire-nodes.ts';

/** The stores of a task, restored before its first record. */
export type StoresOfTask = {
  store(name: string): StateStore;
  /** Upstream stores first: what one forwards, the next may hold. */
  flushCaches(): void;
};

export type TaskInput = {
  /** As it is called on the brokers. */
  readonly topic: string;
  readonly partition: number;
  /** The source that reads it. */
  readonly source: string;
  /** From the committed metadata; -1 if there is none. */
  readonly partitionTimeMs: number;
  /** Also from there: what the nodes of the task noted last. */
  readonly processorMetadata?: ReadonlyMap<string, number>;
};

export type TaskOptions = {
  readonly id: string;
  readonly applicationId: string;
  /** The nodes of the task, parents before children. */
  readonly nodes: readonly NodeSpec[];
  readonly inputs: readonly TaskInput[];
  readonly stores: StoresOfTask;
  /** The one that the stores were built with. */
  readonly context: RecordContext;
  readonly collector: RecordCollector;
  readonly realTopic: (topic: string) => string;
  readonly clock: Clock;
  readonly emitIntervalMs: number;
  readonly handlers: FailureHandlers;
  readonly deadLetterTopic: string | null;
  readonly dropped?: (node: string, reason: string) => void;
};

/** How far a task has processed one of its partitions. */
export type ConsumedOffset = {
  readonly topic: string;
  readonly partition: number;
  /** The offset of the next record to process. */
  readonly offset: number;
  readonly partitionTimeMs: number;
};

/** An error that a handler has decided about: it goes up to the task as it is. */
class DecidedFailure extends Error {
  readonly node: string;

  constructor(node: string, cause: unknown) {
    super(`processing failed in ${node}`, { cause });
    this.node = node;
  }
}

/**
 * The processing of one set of nodes and partitions: queues, operators, punctuation, commit. It knows nothing of
 * threads and clients, and everything in it is synchronous.
 *
 * A commit goes: `flush()`, then the caller delivers what the collector got and persists `consumed()`, then it writes
 * the stores' uncommitted rows to their engines, then `committed()`.
 */
export class Task {
  readonly id: string;
  readonly #options: TaskOptions;
  readonly #context: NodeContext;
  readonly #nodes: ReadonlyMap<string, RunningNode>;
  readonly #group: PartitionGroup;
  /** By topic, then by partition: asked for each record, so that no key is put together for it. */
  readonly #queues = new Map<string, (RecordQueue | undefined)[]>();
  readonly #byStreamTime = new Punctuations();
  readonly #byWallClock = new Punctuations();
  /** Times that the nodes must know after a restart, by name of store; a commit takes them along. */
  readonly processorMetadata: Map<string, number>;
  #commitRequested = false;
  #droppedCount = 0;
  #isStarted = false;

  constructor(options: TaskOptions) {
    this.id = options.id;
    this.#options = options;
    options.context.keepsRaw = options.deadLetterTopic !== null;
    this.processorMetadata = latestOf(options.inputs);
    this.#context = this.#nodeContext();
    this.#nodes = wireNodes(
      options.nodes,
      (spec) =>
        new SinkNode({
          spec,
          collector: options.collector,
          realTopic: options.realTopic,
          unwritable: (node, error, topic, step) => this.#unwritable(node, error, topic, step),
        }),
    );
    const queues = options.inputs.map((input) => this.#makeQueue(input));
    this.#group = new PartitionGroup(queues);
  }

  /** Reads one more partition from now on: a topic that turned out to match a pattern. */
  addInput(input: TaskInput): void {
    this.#group.add(this.#makeQueue(input));
  }

  /**
   * Initialises the nodes: when the stores have been restored, since a processor may read them then. Whoever processes
   * or punctuates first does it otherwise.
   */
  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    for (const node of this.#nodes.values()) node.init(this.#context);
  }

  /** Queues records of an input partition, in the order of their offsets. */
  enqueue(topic: string, partition: number, records: RawRecords): void {
    const queue = this.#queues.get(topic)?.[partition];
    assert(queue !== undefined, `${topic}:${partition} is no input of task ${this.id}`);
    const wasReady = queue.isReady;
    queue.add(records);
    if (!wasReady && queue.isReady) this.#group.filled(queue);
  }

  bufferedRecords(topic: string, partition: number): number {
    return this.#queues.get(topic)?.[partition]?.size ?? 0;
  }

  get hasQueued(): boolean {
    return !this.#group.isEmpty;
  }

  /** Whether every input has a record queued. */
  get allQueued(): boolean {
    return this.#group.isComplete;
  }

  /** How many inputs have a record queued. */
  get queuedInputs(): number {
    return this.#group.size;
  }

  get streamTimeMs(): number {
    return this.#group.streamTimeMs;
  }

  /** Records that a rule of an operator, or a handler, left out. */
  get droppedCount(): number {
    return this.#droppedCount;
  }

  /** Whether user code asked for a commit since the last one. */
  get commitRequested(): boolean {
    return this.#commitRequested;
  }

  /** Processes the next record by time, and the stream-time punctuators that it makes due; false if none is queued. */
  processOne(): boolean {
    this.start();
    const queue = this.#group.take();
    if (queue === null) return false;
    const record = queue.take();
    const { raw, timestamp } = record;
    const context = this.#options.context;
    context.topic = queue.options.topic;
    context.partition = queue.options.partition;
    context.offset = raw.offset;
    context.timestamp = timestamp;
    context.headers = raw.headers;
    context.raw = raw;
    try {
      queue.options.node.receive(record.key, record.value, timestamp);
    } catch (error) {
      throw this.#taskFailure(error);
    }
    this.#group.done(queue);
    if (this.#byStreamTime.isDue(this.#group.streamTimeMs)) this.#punctuateStreamTime();
    return true;
  }

  #punctuateStreamTime(): void {
    const timeMs = this.#group.streamTimeMs;
    this.#byStreamTime.run(timeMs, (node, run) => this.#punctuate(node, run, timeMs));
  }

  /** Runs the wall-clock punctuators that are due. */
  punctuate(): boolean {
    this.start();
    const nowMs = this.#options.clock.wallMs();
    return this.#byWallClock.run(nowMs, (node, run) => this.#punctuate(node, run, nowMs));
  }

  /** Writes out and forwards what record caches hold back, so that a commit covers it. */
  flush(): void {
    try {
      this.#options.stores.flushCaches();
    } catch (error) {
      throw error instanceof CacheFlushFailure ? this.#flushFailure(error) : this.#taskFailure(error);
    }
  }

  /** For each partition of which something was read. */
  consumed(): ConsumedOffset[] {
    return this.#group.queues.flatMap((queue) => {
      const { nextOffset, partitionTimeMs } = queue;
      const { topic, partition } = queue.options;
      return nextOffset === null ? [] : [{ topic, partition, offset: nextOffset, partitionTimeMs }];
    });
  }

  /** Says that a commit covered everything up to now. */
  committed(): void {
    this.#commitRequested = false;
  }

  close(): void {
    if (!this.#isStarted) return;
    for (const node of this.#nodes.values()) node.close();
  }

  #nodeContext(): NodeContext {
    const { id, applicationId, context, clock, emitIntervalMs, stores, dropped } = this.#options;
    return {
      taskId: id,
      applicationId,
      record: context,
      clock,
      emitIntervalMs,
      streamTimeMs: () => this.#group.streamTimeMs,
      processorMetadata: this.processorMetadata,
      getStore: (name) => stores.store(name),
      schedule: (node, startMs, everyMs, type, run) => this.#schedule(node, startMs, everyMs, type, run),
      requestCommit: () => {
        this.#commitRequested = true;
      },
      dropped: (node, reason) => {
        this.#droppedCount++;
        dropped?.(node, reason);
      },
      failed: (node, error, key, value, timestamp) => this.#failed(node, error, key, value, timestamp),
    };
  }

  #makeQueue(input: TaskInput): RecordQueue {
    const spec = this.#options.nodes.find((node) => node.name === input.source);
    assert(spec?.kind === 'source', `${input.source} is no source of task ${this.id}`);
    const queue = new RecordQueue({
      topic: input.topic,
      partition: input.partition,
      spec,
      node: this.#nodes.get(spec.name)!,
      partitionTimeMs: input.partitionTimeMs,
      extractTimestamp: spec.timestampExtractor,
      unreadable: (from, raw, error) => this.#unreadable(from, raw, error),
      skipped: (from, raw, timestamp) => this.#skipped(from, raw, timestamp, spec),
    });
    const ofTopic = this.#queues.get(input.topic) ?? [];
    ofTopic[input.partition] = queue;
    this.#queues.set(input.topic, ofTopic);
    return queue;
  }

  #schedule(
    node: RunningNode,
    startMs: number | null,
    everyMs: number,
    type: PunctuationType,
    run: Punctuator,
  ): Cancellable {
    if (everyMs < 1)
      throw new StreamsError('INVALID_ARGUMENT', 'The minimum supported scheduling interval is 1 millisecond.');
    if (type === 'stream-time') return this.#byStreamTime.add(node, startMs ?? 0, everyMs, run);
    return this.#byWallClock.add(node, startMs ?? this.#options.clock.wallMs() + everyMs, everyMs, run);
  }

  #punctuate(node: RunningNode, run: Punctuator, timestamp: number): void {
    const { context } = this.#options;
    const saved = saveRecordContext(context);
    restoreRecordContext(context, emptyRecordContext());
    context.timestamp = timestamp;
    context.headers = NO_HEADERS;
    try {
      run(timestamp);
    } catch (error) {
      this.#failed(node, error, null, null, timestamp);
    } finally {
      restoreRecordContext(context, saved);
    }
  }

  #failureContext(node: string, record: RecordContext): FailureContext {
    return { taskId: this.id, node, record: failedRecord(record), deadLetterTopic: this.#options.deadLetterTopic };
  }

  /** `retry` is for what can get better: a record that cannot be written never does. */
  #answered(answer: HandlerAnswer | ProductionAnswer): boolean {
    for (const letter of answer.deadLetters ?? []) this.#send(letter);
    return answer.result === 'resume';
  }

  #send(letter: DeadLetter): void {
    const { topic, key, value, timestamp, headers } = letter;
    this.#options.collector.append(topic, null, key, value, timestamp, headers);
  }

  /** A node threw. Nodes above it only pass on what was decided where it happened. */
  #failed(node: RunningNode, error: unknown, key: unknown, value: unknown, timestamp: number): void {
    if (error instanceof DecidedFailure) throw error;
    const record = { ...this.#options.context, timestamp };
    const answer = this.#options.handlers.processing(this.#failureContext(node.name, record), error, key, value);
    if (!this.#answered(answer)) throw new DecidedFailure(node.name, error);
    this.#context.dropped(node.name, 'processing failed');
  }

  #unwritable(node: SinkNode, error: unknown, topic: string, step: SinkStep): void {
    const context = this.#failureContext(node.name, this.#options.context);
    if (this.#answered(this.#options.handlers.production(context, error, topic))) return;
    const what = step === 'serialize' ? 'Unable to serialize record.' : 'Error encountered sending record.';
    const where = `TaskId:[${this.id}], sink:[${node.name}], topic:[${topic}]`;
    throw new StreamsError('STREAMS_FAILED', `${what} ${where}`, { cause: error });
  }

  #unreadable(queue: RecordQueue, raw: RawRecord, error: unknown): void {
    const { topic, partition, spec } = queue.options;
    const record: RecordContext = {
      ...emptyRecordContext(),
      topic,
      partition,
      offset: raw.offset,
      timestamp: raw.timestamp,
      headers: raw.headers,
      raw,
    };
    const answer = this.#options.handlers.deserialization(this.#failureContext(spec.name, record), error);
    if (this.#answered(answer)) {
      this.#context.dropped(spec.name, 'deserialization failed');
      return;
    }
    throw new StreamsError(
      'STREAMS_FAILED',
      'Deserialization exception handler is set to fail upon a deserialization error. If you would rather have the ' +
        'streaming pipeline continue after a deserialization error, please set the deserialization.exception.handler ' +
        `appropriately. topic=${topic}, partition=${partition}, offset=${raw.offset}`,
      { cause: error, context: { topic, partition, offset: raw.offset } },
    );
  }

  #skipped(queue: RecordQueue, raw: RawRecord, timestamp: number, spec: SourceSpec): void {
    const { topic, partition } = queue.options;
    if (spec.timestampExtractor !== null) {
      this.#context.dropped(spec.name, 'negative timestamp');
      return;
    }
    throw new StreamsError(
      'STREAMS_FAILED',
      `Input record ${topic}:${partition}@${raw.offset} has invalid (negative) timestamp ${timestamp}. Possibly it ` +
        'comes from a producer that does not embed timestamps; give the source a timestampExtractor.',
      { context: { topic, partition, offset: raw.offset } },
    );
  }

  /** As ProcessorStateManager wraps it, and with the node and the record that it leaves out. */
  #flushFailure({ message, cause }: CacheFlushFailure): unknown {
    if (!(cause instanceof DecidedFailure)) return this.#taskFailure(cause);
    return this.#failureOf(cause, 'PROCESSOR_STATE_FAILED', `${message}. `);
  }

  #taskFailure(error: unknown): unknown {
    return error instanceof DecidedFailure ? this.#failureOf(error, 'STREAMS_FAILED', '') : error;
  }

  #failureOf(error: DecidedFailure, code: StreamsErrorCode, before: string): StreamsError {
    const { topic, partition, offset } = this.#options.context;
    return new StreamsError(
      code,
      `${before}Exception caught in process. taskId=${this.id}, processor=${error.node}, topic=${topic}, ` +
        `partition=${partition}, offset=${offset}`,
      { cause: error.cause, context: { taskId: this.id, node: error.node, topic, partition, offset } },
    );
  }
}

/** Each partition was committed with what was known then: the latest time of each store counts. */
function latestOf(inputs: readonly TaskInput[]): Map<string, number> {
  const latest = new Map<string, number>();
  for (const { processorMetadata } of inputs) {
    for (const [name, time] of processorMetadata ?? []) latest.set(name, Math.max(time, latest.get(name) ?? time));
  }
  return latest;
}
