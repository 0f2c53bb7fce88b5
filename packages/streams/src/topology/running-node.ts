import type { Clock } from '@millrace/base';
import type { RecordContext } from '../state/record-context.ts';
import type { StateStore } from '../state/stores.ts';
import type { Cancellable, PunctuationType, Punctuator } from './processor-api.ts';

/** What a running node sees of its task. One object for all nodes of a task. */
export type NodeContext = {
  readonly taskId: string;
  readonly applicationId: string;
  readonly record: RecordContext;
  readonly clock: Clock;
  /** Least wall-clock time between two emissions of a left/outer stream join or of emit-on-close. */
  readonly emitIntervalMs: number;
  /** The highest record time that the task has seen, -1 before the first. */
  streamTimeMs(): number;
  /** Times that nodes must know after a restart, by name of store: committed with the offsets. */
  readonly processorMetadata: Map<string, number>;
  getStore(name: string): StateStore;
  schedule(
    node: RunningNode,
    startMs: number | null,
    everyMs: number,
    type: PunctuationType,
    run: Punctuator,
  ): Cancellable;
  requestCommit(): void;
  /** Counts a record that a rule of the operator drops (null key, too late, …). */
  dropped(node: string, reason: string): void;
  /** Decides about an exception out of a node: throws on, or returns to go on behind the failed record. */
  failed(node: RunningNode, error: unknown, key: unknown, value: unknown, timestamp: number): void;
};

/**
 * A node of a running task. A record enters by `receive`, and goes on by `forward`: plain calls, depth first, children
 * in the order in which the topology added them. What is not key, value or timestamp stands in the record context.
 */
export abstract class RunningNode {
  readonly name: string;
  readonly children: RunningNode[] = [];
  #context: NodeContext | null = null;

  constructor(name: string) {
    this.name = name;
  }

  protected get context(): NodeContext {
    return this.#context!;
  }

  init(context: NodeContext): void {
    this.#context = context;
  }

  close(): void {}

  receive(key: unknown, value: unknown, timestamp: number): void {
    try {
      this.process(key, value, timestamp);
    } catch (error) {
      this.#context!.failed(this, error, key, value, timestamp);
    }
  }

  protected abstract process(key: unknown, value: unknown, timestamp: number): void;

  protected forward(key: unknown, value: unknown, timestamp: number): void {
    const children = this.children;
    const { record } = this.#context!;
    if (record.timestamp === timestamp) {
      for (let index = 0; index < children.length; index++) children[index]!.receive(key, value, timestamp);
    } else {
      this.#forwardAt(record, key, value, timestamp);
    }
  }

  /** Below this node the record in process has another time: stores and contexts must see that one. */
  #forwardAt(record: RecordContext, key: unknown, value: unknown, timestamp: number): void {
    const saved = record.timestamp;
    record.timestamp = timestamp;
    try {
      for (const child of this.children) child.receive(key, value, timestamp);
    } finally {
      record.timestamp = saved;
    }
  }
}
