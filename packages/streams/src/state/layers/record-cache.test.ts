import { describe, expect, test } from 'vitest';
import { Serdes } from '../../serdes/serdes.ts';
import { MemoryEngine } from '../engines/memory.ts';
import { emptyRecordContext, type RecordContext } from '../record-context.ts';
import { Stores } from '../store-factories.ts';
import type { StoreSpec } from '../store-spec.ts';
import type { KeyValueStore } from '../stores.ts';
import { TaskStores } from '../task-stores.ts';
import { CacheMemory } from './cache-memory.ts';

type Flushed = { key: string; newValue: string | null; oldValue: string | null; timestamp: number; offset: number };

type Setup = {
  readonly stores: TaskStores;
  readonly context: RecordContext;
  readonly logged: string[];
  store(name: string): KeyValueStore<string, string>;
};

function open(names: readonly string[], cacheBytes = 1_000_000): Setup {
  const context = emptyRecordContext();
  const logged: string[] = [];
  const specs: StoreSpec[] = names.map((name) =>
    Stores.keyValue({
      name,
      keySerde: Serdes.string(),
      valueSerde: Serdes.string(),
      engine: 'memory',
      caching: true,
    }),
  );
  const stores = new TaskStores({
    engines: new Map([['memory', new MemoryEngine()]]),
    specs,
    changelogTopicOf: (store) => `app-${store}-changelog`,
    context,
    cache: new CacheMemory(cacheBytes),
    sink: {
      append: (store, key, _value, timestamp) => logged.push(`${store} ${String.fromCharCode(...key)} ${timestamp}`),
    },
  });
  return { stores, context, logged, store: (name) => stores.store(name) as KeyValueStore<string, string> };
}

function listen(setup: Setup, store: string, sendOldValues: boolean): Flushed[] {
  const flushed: Flushed[] = [];
  setup.store(store).setFlushListener((key, newValue, oldValue) => {
    const { timestamp, offset } = setup.context;
    flushed.push({ key, newValue, oldValue, timestamp, offset });
  }, sendOldValues);
  return flushed;
}

describe('the record cache', () => {
  test('forwards the last value of a key once, in order of the latest writes, with the context of the writer', () => {
    const setup = open(['s']);
    const flushed = listen(setup, 's', false);
    for (const [offset, key] of ['a', 'b', 'a', 'c'].entries()) {
      Object.assign(setup.context, { timestamp: 100 + offset, offset });
      setup.store('s').put(key, `v${offset}`);
    }
    setup.context.timestamp = 999;
    setup.stores.flushCaches();
    expect(flushed).toEqual([
      { key: 'b', newValue: 'v1', oldValue: null, timestamp: 101, offset: 1 },
      { key: 'a', newValue: 'v2', oldValue: null, timestamp: 102, offset: 2 },
      { key: 'c', newValue: 'v3', oldValue: null, timestamp: 103, offset: 3 },
    ]);
    expect(setup.logged).toEqual(['s b 101', 's a 102', 's c 103']);
    expect(setup.context.timestamp).toBe(999);
  });

  test('the old value is the one from before the batch', () => {
    const setup = open(['s']);
    const flushed = listen(setup, 's', true);
    setup.store('s').put('k', 'one');
    setup.stores.flushCaches();
    setup.store('s').put('k', 'two');
    setup.store('s').put('k', 'three');
    setup.stores.flushCaches();
    expect(flushed.map(({ newValue, oldValue }) => [newValue, oldValue])).toEqual([
      ['one', null],
      ['three', 'one'],
    ]);
  });

  test('a key that came and went within the batch is neither logged nor forwarded', () => {
    const setup = open(['s']);
    const flushed = listen(setup, 's', false);
    setup.store('s').put('k', 'one');
    setup.store('s').put('k', null);
    setup.stores.flushCaches();
    expect(flushed).toEqual([]);
    expect(setup.logged).toEqual([]);
  });

  test('at its bound it evicts what was not used for longest, over all stores of the thread', () => {
    const setup = open(['first', 'second'], 340);
    const first = listen(setup, 'first', false);
    const second = listen(setup, 'second', false);
    setup.store('first').put('a', '1');
    setup.store('second').put('b', '2');
    setup.store('first').get('a');
    setup.store('second').put('c', '3');
    expect(second.map(({ key }) => key)).toEqual([]);
    setup.store('second').put('d', '4');
    expect(first).toEqual([]);
    expect(second.map(({ key }) => key)).toEqual(['b', 'c', 'd']);
  });

  test('what a flush forwards may be cached by a store downstream, which is flushed after it', () => {
    const setup = open(['up', 'down']);
    setup.store('up').setFlushListener((key, value) => setup.store('down').put(key, value), false);
    const flushed = listen(setup, 'down', false);
    setup.store('up').put('k', 'v');
    setup.stores.flushCaches();
    expect(flushed.map(({ key }) => key)).toEqual(['k']);
  });

  test('a store may be read while it flushes, and shows what is not written yet', () => {
    const setup = open(['s']);
    const seen: string[] = [];
    setup.store('s').setFlushListener(() => seen.push([...setup.store('s').all()].join(' ')), false);
    setup.store('s').put('a', '1');
    setup.store('s').put('b', '2');
    expect([...setup.store('s').all()]).toHaveLength(2);
    setup.stores.flushCaches();
    expect(seen).toEqual(['a,1 b,2', 'a,1 b,2']);
  });
});
