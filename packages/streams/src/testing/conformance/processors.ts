import type { ValueTransformerContext, ValueTransformerWithKey } from '../../dsl/ktable.ts';
import type { Header } from '../../state/record-context.ts';
import type { KeyValueStore } from '../../state/stores.ts';
import {
  type FixedKeyProcessorContext,
  type FixedKeyProcessorSupplier,
  type ProcessorContext,
  type ProcessorSupplier,
  Record,
} from '../../topology/processor-api.ts';
import { textOf } from './any-serde.ts';
import { numberOf, orEmpty } from './functions.ts';

type Context = ProcessorContext<unknown, unknown>;
type Store = KeyValueStore<string, string>;

/** The named processors of the `process` operation. */
export function processor(
  fn: string,
  store: string | null,
  every: number,
  sharesHeaders: boolean,
): ProcessorSupplier<unknown, unknown, unknown, unknown> {
  const passing = (change: (record: Record<unknown, unknown>, context: Context) => Record<unknown, unknown>) => () => {
    let context: Context;
    return {
      init(own: Context) {
        context = own;
      },
      process: (record: Record<unknown, unknown>) => context.forward(change(record, context)),
    };
  };
  switch (fn) {
    case 'add-ts':
      return passing((record) => record.withValue(`${textOf(record.value)}@${record.timestamp}`));
    case 'shift-ts':
      return passing((record) => record.withTimestamp(record.timestamp + every));
    case 'stream-time':
      return passing((record, context) =>
        record.withValue(`${textOf(record.value)}#${context.currentStreamTimeMs()}/${context.currentSystemTimeMs()}`),
      );
    case 'add-header':
      return passing((record) => {
        const seen = { key: 'seen', value: new TextEncoder().encode(String(textOf(record.key))) };
        if (!sharesHeaders) return record.withHeaders([...record.headers, seen]);
        (record.headers as Header[]).push(seen);
        return record;
      });
    case 'dedup':
      return () => dedup(store!);
    case 'stream-punctuate':
    case 'wall-punctuate':
      return () => punctuating(fn.startsWith('stream'), every);
    case 'count-flush':
    case 'count-flush-wall':
      return () => countFlush(store!, !fn.endsWith('wall'), every);
    default:
      throw new RangeError(`unknown processor ${fn}`);
  }
}

function dedup(storeName: string) {
  let context: Context;
  let store: Store;
  return {
    init(own: Context) {
      context = own;
      store = own.getStateStore<Store>(storeName);
    },
    process(record: Record<unknown, unknown>) {
      const key = textOf(record.key);
      if (key === null) return;
      const now = textOf(record.value);
      if (store.get(key) === now) return;
      store.put(key, now);
      context.forward(record);
    },
  };
}

function punctuating(isStreamTime: boolean, every: number) {
  let context: Context;
  return {
    init(own: Context) {
      context = own;
      own.schedule(every, isStreamTime ? 'stream-time' : 'wall-clock', (timestampMs) =>
        own.forward(new Record('punct', `P${timestampMs}`, timestampMs)),
      );
    },
    process: (record: Record<unknown, unknown>) => context.forward(record),
  };
}

function countFlush(storeName: string, isStreamTime: boolean, every: number) {
  let store: Store;
  return {
    init(own: Context) {
      store = own.getStateStore<Store>(storeName);
      own.schedule(every, isStreamTime ? 'stream-time' : 'wall-clock', (timestampMs) => {
        for (const [key, value] of [...store.all()]) {
          own.forward(new Record(key, value, timestampMs));
          store.delete(key);
        }
      });
    },
    process(record: Record<unknown, unknown>) {
      const key = textOf(record.key);
      if (key !== null) store.put(key, String(numberOf(store.get(key)) + 1));
    },
  };
}

/** The named processors of the `processValues` operation. */
export function fixedKeyProcessor(
  fn: string,
  storeName: string | null,
): FixedKeyProcessorSupplier<unknown, unknown, unknown> {
  return () => {
    let context: FixedKeyProcessorContext<unknown, unknown>;
    let count = 0;
    return {
      init(own) {
        context = own;
      },
      process(record) {
        switch (fn) {
          case 'add-ts':
            context.forward(record.withValue(`${textOf(record.value)}@${record.timestamp}`));
            return;
          case 'seq':
            context.forward(record.withValue(`${textOf(record.value)}.${count++}`));
            return;
          case 'running-concat': {
            const key = textOf(record.key);
            if (key === null) return;
            const store = context.getStateStore<Store>(storeName!);
            const next = orEmpty(store.get(key)) + orEmpty(textOf(record.value));
            store.put(key, next);
            context.forward(record.withValue(next));
            return;
          }
          default:
            throw new RangeError(`unknown fixed-key processor ${fn}`);
        }
      },
    };
  };
}

/** The named functions of a table's `transformValues`. */
export function transformer(fn: string): () => ValueTransformerWithKey<unknown, unknown, string | null> {
  return () => {
    let context: ValueTransformerContext;
    return {
      init(own) {
        context = own;
      },
      transform(key, value) {
        const text = textOf(value);
        switch (fn) {
          case 'tag':
            return text === null ? null : `<${textOf(key)}:${text}>`;
          case 'tag-null':
            return `<${textOf(key)}:${text}>`;
          case 'with-ts':
            return text === null ? null : `${text}@${context.timestamp}`;
          default:
            throw new RangeError(`unknown transformer ${fn}`);
        }
      },
    };
  };
}
