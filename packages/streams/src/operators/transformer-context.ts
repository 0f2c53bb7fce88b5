import type { Header } from '../state/record-context.ts';
import type { StateStore } from '../state/stores.ts';
import type { NodeContext } from '../topology/running-node.ts';

/** What a value transformer sees of the record in process; reads through, so one object serves all records. */
export function transformerContext(context: NodeContext): {
  readonly timestamp: number;
  readonly topic: string | null;
  readonly partition: number;
  readonly offset: number;
  readonly headers: readonly Header[];
  getStateStore(name: string): StateStore;
} {
  const { record } = context;
  return {
    get timestamp() {
      return record.timestamp;
    },
    get topic() {
      return record.topic;
    },
    get partition() {
      return record.partition;
    },
    get offset() {
      return record.offset;
    },
    get headers() {
      return record.headers;
    },
    getStateStore: (name) => context.getStore(name),
  };
}
