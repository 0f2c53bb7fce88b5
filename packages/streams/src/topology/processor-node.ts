import { illegalArgument } from '../errors.ts';
import type { DurationMs } from '../lib/duration.ts';
import { toMs } from '../lib/duration.ts';
import type { Header, RecordMetadata } from '../state/record-context.ts';
import type { StateStore } from '../state/stores.ts';
import {
  type Cancellable,
  type FixedKeyProcessor,
  FixedKeyRecord,
  type Processor,
  type PunctuationType,
  type Punctuator,
  Record,
} from './processor-api.ts';
import { type NodeContext, RunningNode } from './running-node.ts';

type Forwarded = {
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
  readonly headers: readonly Header[];
};

/** The context that a user's processor gets: the task's, seen from one node. */
abstract class UserNode extends RunningNode {
  readonly #stores: ReadonlySet<string>;

  constructor(name: string, stores: readonly string[]) {
    super(name);
    this.#stores = new Set(stores);
  }

  protected userContext(context: NodeContext): {
    readonly taskId: string;
    readonly applicationId: string;
    recordMetadata(): RecordMetadata | null;
    currentStreamTimeMs(): number;
    currentSystemTimeMs(): number;
    getStateStore<S extends StateStore>(name: string): S;
    schedule(interval: DurationMs, type: PunctuationType, punctuator: Punctuator, startMs?: number): Cancellable;
    commit(): void;
    forward(record: Forwarded, child?: string): void;
  } {
    return {
      taskId: context.taskId,
      applicationId: context.applicationId,
      recordMetadata: () => {
        const { topic, partition, offset } = context.record;
        return topic === null ? null : { topic, partition, offset };
      },
      currentStreamTimeMs: () => context.streamTimeMs(),
      currentSystemTimeMs: () => context.clock.wallMs(),
      getStateStore: <S extends StateStore>(name: string) => this.#connected(context, name) as S,
      schedule: (interval, type, punctuator, startMs) =>
        context.schedule(this, startMs ?? null, toMs(interval, 'interval'), type, punctuator),
      commit: () => context.requestCommit(),
      forward: (record, child) => this.#forwardRecord(context, record, child),
    };
  }

  #connected(context: NodeContext, name: string): StateStore {
    const store = context.getStore(name);
    if (this.#stores.has(name)) return store;
    throw illegalArgument(
      `Processor ${this.name} has no access to StateStore ${name} as the store is not connected to the processor. ` +
        'Connect it when adding the processor (the list of store names), or bring it with the supplier (`stores`).',
    );
  }

  #forwardRecord(context: NodeContext, record: Forwarded, childName: string | undefined): void {
    const { headers, timestamp } = context.record;
    context.record.headers = record.headers;
    context.record.timestamp = record.timestamp;
    try {
      if (childName === undefined) this.forward(record.key, record.value, record.timestamp);
      else this.#child(childName).receive(record.key, record.value, record.timestamp);
    } finally {
      context.record.headers = headers;
      context.record.timestamp = timestamp;
    }
  }

  #child(name: string): RunningNode {
    const child = this.children.find((candidate) => candidate.name === name);
    if (child === undefined) throw illegalArgument(`Unknown downstream node: ${name} of processor ${this.name}`);
    return child;
  }
}

/** Runs a user's `Processor`. */
export class UserProcessorNode extends UserNode {
  readonly #processor: Processor<unknown, unknown>;

  constructor(name: string, supplier: () => unknown, stores: readonly string[]) {
    super(name, stores);
    // The DSL and `Topology#addProcessor` have checked the types; a running node knows none.
    this.#processor = supplier() as Processor<unknown, unknown>;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#processor.init?.(this.userContext(context));
  }

  override close(): void {
    this.#processor.close?.();
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.#processor.process(new Record(key, value, timestamp, this.context.record.headers));
  }
}

/** Runs a user's `FixedKeyProcessor`. */
export class FixedKeyProcessorNode extends UserNode {
  readonly #processor: FixedKeyProcessor<unknown, unknown>;

  constructor(name: string, supplier: () => unknown, stores: readonly string[]) {
    super(name, stores);
    this.#processor = supplier() as FixedKeyProcessor<unknown, unknown>;
  }

  override init(context: NodeContext): void {
    super.init(context);
    this.#processor.init?.(this.userContext(context));
  }

  override close(): void {
    this.#processor.close?.();
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.#processor.process(new FixedKeyRecord(key, value, timestamp, this.context.record.headers));
  }
}
