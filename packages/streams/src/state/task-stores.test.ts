import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { openRocksDbEngine } from './engines/rocksdb.ts';
import { RecentMemory } from './layers/recent-segments.ts';
import { emptyRecordContext } from './record-context.ts';
import { Stores } from './store-factories.ts';
import { recordKey } from './store-record.ts';
import type { StoreSpec } from './store-spec.ts';
import type { KeyValueStore, WindowStore } from './stores.ts';
import { TaskStores } from './task-stores.ts';

const folder = await mkdtemp(join(tmpdir(), 'millrace-task-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const serdes = { keySerde: Serdes.string(), valueSerde: Serdes.string() };
const table = Stores.keyValue({ ...serdes, name: 'table' });
const windows = Stores.window({ ...serdes, name: 'w', windowSize: 10, retention: 200_000, retainDuplicates: true });

let number = 0;

function freshFolder(): string {
  return join(folder, `task-${number++}`);
}

async function open(path: string, specs: readonly StoreSpec[]): Promise<TaskStores> {
  return new TaskStores({
    engines: new Map([['rocksdb', await openRocksDbEngine(path)]]),
    specs,
    changelogTopicOf: (store) => store,
    context: emptyRecordContext(),
    cache: null,
    recent: new RecentMemory(1_000_000),
    sink: null,
  });
}

const kv = (stores: TaskStores, name = 'table'): KeyValueStore<string, string> =>
  stores.store(name) as KeyValueStore<string, string>;

test('what a commit covered is there after a restart with its changelog position, and nothing else is', async () => {
  const path = freshFolder();
  const first = await open(path, [table]);
  kv(first).put('committed', 'yes');
  first.writeCommitted(new Map([['table', { topicId: 'id', offset: 7 }]]));
  kv(first).put('uncommitted', 'yes');
  await first.close();
  const second = await open(path, [table]);
  expect([...kv(second).all()]).toEqual([['committed', 'yes']]);
  expect(second.positionOf('table', 'id')).toBe(7);
  expect(second.positionOf('table', 'another topic of that name')).toBe(null);
  await second.close();
});

test('a store whose layout changed under its name begins empty, and others keep their rows', async () => {
  const path = freshFolder();
  const first = await open(path, [table, { ...table, name: 'other' }]);
  kv(first).put('k', 'v');
  kv(first, 'other').put('k', 'v');
  first.writeCommitted(new Map());
  await first.close();
  const changed = Stores.timestampedKeyValue({ ...serdes, name: 'table' });
  const second = await open(path, [{ ...table, name: 'other' }, changed]);
  expect([...kv(second).all()]).toEqual([]);
  expect(second.positionOf('table', 'id')).toBe(null);
  expect(kv(second, 'other').get('k')).toBe('v');
  await second.close();
});

test('rows whose record is torn are dropped, never shown', async () => {
  const path = freshFolder();
  const first = await open(path, [table]);
  kv(first).put('k', 'v');
  first.writeCommitted(new Map([['table', { topicId: 'id', offset: 7 }]]));
  await first.close();
  const engine = await openRocksDbEngine(path);
  engine.write((put) => put(recordKey('table'), Uint8Array.of(123, 34)));
  await engine.close();
  const second = await open(path, [table]);
  expect(kv(second).get('k')).toBe(null);
  expect(second.positionOf('table', 'id')).toBe(null);
  await second.close();
});

test('a window store goes on with its own time and its numbering of duplicates', async () => {
  const path = freshFolder();
  const first = await open(path, [windows]);
  const store = first.store('w') as WindowStore<string, string>;
  store.put('k', 'old', 300_000);
  store.put('k', 'one', 500_000);
  first.writeCommitted(new Map());
  await first.close();
  const second = await open(path, [windows]);
  const again = second.store('w') as WindowStore<string, string>;
  again.put('k', 'two', 500_000);
  again.put('k', 'too late', 300_000);
  expect([...again.all()].map(([, value]) => value)).toEqual(['one', 'two']);
  expect([...again.fetchRange('k', 500_000, 500_000)].map(([, value]) => value)).toEqual(['one', 'two']);
  await second.close();
});

test('a store that was wiped takes rows of any time again', async () => {
  const stores = await open(freshFolder(), [windows]);
  const store = stores.store('w') as WindowStore<string, string>;
  store.put('k', 'later', 900_000);
  stores.writeCommitted(new Map());
  stores.wipe('w');
  store.put('k', 'earlier', 300_000);
  expect([...store.all()].map(([, value]) => value)).toEqual(['earlier']);
  await stores.close();
});

test('an unknown store is a typed error that names the stores there are', async () => {
  const stores = await open(freshFolder(), [table]);
  expect(() => stores.store('tabel')).toThrow(expect.objectContaining({ code: 'UNKNOWN_STORE' }));
  await stores.close();
});
