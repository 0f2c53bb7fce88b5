import { expect, test } from 'vitest';
import { Serdes } from '../../serdes/serdes.ts';
import type { ChangelogRecord } from '../build-store.ts';
import { MemoryEngine } from '../engines/memory.ts';
import { emptyRecordContext } from '../record-context.ts';
import { Stores } from '../store-factories.ts';
import type { StoreSpec } from '../store-spec.ts';
import type {
  SessionStore,
  TimestampedKeyValueStore,
  TimestampedWindowStore,
  VersionedKeyValueStore,
  WindowStore,
} from '../stores.ts';
import { TaskStores } from '../task-stores.ts';

// The bytes of Kafka Streams' changelogs, store kind by store kind, and the way back.

const base = {
  keySerde: Serdes.string(),
  valueSerde: Serdes.string(),
  engine: 'memory' as const,
};

const specs = [
  Stores.timestampedKeyValue({ ...base, name: 'table' }),
  Stores.timestampedWindow({ ...base, name: 'windows', windowSize: 10, retention: 1_000 }),
  Stores.window({ ...base, name: 'joins', windowSize: 10, retention: 1_000, retainDuplicates: true }),
  Stores.session({ ...base, name: 'sessions', retention: 1_000 }),
  Stores.versionedKeyValue({ ...base, name: 'versions', historyRetention: 1_000 }),
];

type Logged = ChangelogRecord & { readonly store: string };

function open(sink: Logged[]): TaskStores {
  return new TaskStores({
    engines: new Map([['memory', new MemoryEngine()]]),
    specs: specs as readonly StoreSpec[],
    changelogTopicOf: (store) => store,
    context: { ...emptyRecordContext(), timestamp: 77 },
    cache: null,
    sink: { append: (store, key, value, timestamp) => sink.push({ store, key, value, timestamp }) },
  });
}

function fill(stores: TaskStores): void {
  const table = stores.store('table') as TimestampedKeyValueStore<string, string>;
  table.put('k', { value: 'v', timestamp: 5 });
  table.put('gone', { value: 'v', timestamp: 6 });
  table.put('gone', null);
  (stores.store('windows') as TimestampedWindowStore<string, string>).put('k', { value: 'v', timestamp: 5 }, 258);
  const joins = stores.store('joins') as WindowStore<string, string>;
  joins.put('k', 'v', 1);
  joins.put('k', 'w', 1);
  joins.put('k', null, 1);
  (stores.store('sessions') as SessionStore<string, string>).put({ key: 'k', window: { startMs: 1, endMs: 2 } }, 'v');
  const versions = stores.store('versions') as VersionedKeyValueStore<string, string>;
  versions.put('k', 'v', 8);
  versions.put('k', null, 9);
}

const K = 107;
const V = 118;
const W = 119;

test("changelog records are byte for byte those of Kafka Streams' stores", () => {
  const logged: Logged[] = [];
  fill(open(logged));
  const shown = logged.map(({ store, key, value, timestamp }) => [store, [...key], value && [...value], timestamp]);
  expect(shown).toEqual([
    ['table', [K], [V], 5],
    ['table', [103, 111, 110, 101], [V], 6],
    ['table', [103, 111, 110, 101], null, 77],
    ['windows', [K, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0], [V], 5],
    ['joins', [K, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1], [V], 77],
    ['joins', [K, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2], [W], 77],
    ['joins', [K, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3], null, 77],
    ['sessions', [K, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1], [V], 77],
    ['versions', [K], [V], 8],
    ['versions', [K], null, 9],
  ]);
});

test('a store restored from its changelog holds what the store that wrote it held', () => {
  const logged: Logged[] = [];
  fill(open(logged));
  const restored = open([]);
  for (const { name } of specs) {
    const records = logged.filter(({ store }) => store === name);
    restored.restore(name, records, { topicId: 't', offset: records.length });
    expect(restored.positionOf(name, 't')).toBe(records.length);
  }
  const table = restored.store('table') as TimestampedKeyValueStore<string, string>;
  expect([...table.all()]).toEqual([['k', { value: 'v', timestamp: 5 }]]);
  const windows = restored.store('windows') as TimestampedWindowStore<string, string>;
  expect(windows.fetch('k', 258)).toEqual({ value: 'v', timestamp: 5 });
  const joins = restored.store('joins') as WindowStore<string, string>;
  joins.put('k', 'x', 1);
  expect([...joins.fetchRange('k', 0, 9)].map(([, value]) => value)).toEqual(['v', 'w', 'x']);
  const sessions = restored.store('sessions') as SessionStore<string, string>;
  expect(sessions.fetchSession('k', 1, 2)).toBe('v');
  const versions = restored.store('versions') as VersionedKeyValueStore<string, string>;
  expect(versions.get('k')).toBe(null);
  expect(versions.getAsOf('k', 8)).toEqual({ value: 'v', timestamp: 8, validToMs: 9 });
});
