import { FakeClock } from '@millrace/base/testing';
import { MemoryEngine } from '../../state/engines/memory.ts';
import { emptyRecordContext, type Header, type RecordContext } from '../../state/record-context.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import type { StateStore } from '../../state/stores.ts';
import { TaskStores } from '../../state/task-stores.ts';
import { type NodeContext, RunningNode } from '../../topology/running-node.ts';

/** What reached the end of the wired nodes. */
export type Arrival = readonly [key: unknown, value: unknown, timestamp: number];

class Recorder extends RunningNode {
  readonly arrivals: Arrival[] = [];
  readonly headers: (readonly Header[])[] = [];

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.arrivals.push([key, value, timestamp]);
    this.headers.push(this.context.record.headers);
  }
}

export type WiredOptions = {
  readonly stores: readonly StoreSpec[];
  readonly emitIntervalMs?: number;
  /** Kept from an earlier wiring: what a task finds after a restart. */
  readonly taskStores?: TaskStores;
};

/** Some nodes of one task with real stores, a recorder behind the last ones, and a record context to set. */
export class WiredNodes {
  readonly record: RecordContext = { ...emptyRecordContext(), topic: 'input', partition: 0, offset: 0 };
  readonly clock: FakeClock = new FakeClock();
  readonly drops: string[] = [];
  readonly stores: TaskStores;
  readonly #recorder = new Recorder('recorder');
  readonly #context: NodeContext;

  constructor(options: WiredOptions) {
    this.stores =
      options.taskStores ??
      new TaskStores({
        engines: new Map([['memory', new MemoryEngine()]]),
        specs: options.stores,
        changelogTopicOf: (store) => `app-${store}-changelog`,
        context: this.record,
        cache: null,
        sink: null,
      });
    this.#context = {
      taskId: '0_0',
      applicationId: 'app',
      record: this.record,
      clock: this.clock,
      emitIntervalMs: options.emitIntervalMs ?? 0,
      streamTimeMs: () => -1,
      processorMetadata: new Map(),
      getStore: (name): StateStore => this.stores.store(name),
      schedule: () => ({ cancel: () => {} }),
      requestCommit: () => {},
      dropped: (_node, reason) => void this.drops.push(reason),
      failed: (_node, error) => {
        throw error;
      },
    };
    this.#recorder.init(this.#context);
  }

  /** Each node gets the next as its child, the last the recorder. */
  chain<N extends RunningNode>(first: N, ...rest: readonly RunningNode[]): N {
    const nodes: RunningNode[] = [first, ...rest];
    nodes.forEach((node, index) => {
      node.children.push(nodes[index + 1] ?? this.#recorder);
      node.init(this.#context);
    });
    return first;
  }

  /** What arrived since the last call. */
  taken(): Arrival[] {
    return this.#recorder.arrivals.splice(0);
  }

  /** Of each arrival, the headers that it came with. */
  takenHeaders(): (readonly Header[])[] {
    return this.#recorder.headers.splice(0);
  }
}
