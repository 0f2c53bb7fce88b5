import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { MemoryEngine } from './engines/memory.ts';
import { openRocksDbEngine } from './engines/rocksdb.ts';
import type { StoreEngine } from './engines/store-engine.ts';
import { CacheMemory } from './layers/cache-memory.ts';
import { RecentMemory } from './layers/recent-segments.ts';
import { emptyRecordContext } from './record-context.ts';
import type { StoreEngineKind, StoreSpec } from './store-spec.ts';
import type { KeyValueStore, SessionStore, VersionedKeyValueStore, Windowed, WindowStore } from './stores.ts';
import { TaskStores } from './task-stores.ts';

// Every kind of store against a naive model, over both engines, with and without the record cache; commits and cache
// flushes may come at any time and must never be seen.

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function openEngine(kind: StoreEngineKind): Promise<StoreEngine> {
  if (kind === 'memory') return new MemoryEngine();
  const folder = await mkdtemp(join(tmpdir(), 'millrace-stores-'));
  folders.push(folder);
  return openRocksDbEngine(folder);
}

type Base = Pick<StoreSpec<string, string>, 'keySerde' | 'valueSerde' | 'engine' | 'caching' | 'logging'>;

const CACHE_BYTES_MAX = 2_000;
const RECENT_BYTES_MAX = 1_500;

function open(engine: StoreEngine, kind: StoreEngineKind, specs: readonly StoreSpec[]): TaskStores {
  return new TaskStores({
    engines: new Map([[kind, engine]]),
    specs,
    changelogTopicOf: (store) => `app-${store}-changelog`,
    context: { ...emptyRecordContext(), timestamp: 1 },
    cache: new CacheMemory(CACHE_BYTES_MAX),
    // Small enough that segments are given up in the middle of a run.
    recent: new RecentMemory(RECENT_BYTES_MAX),
    sink: { append: () => {} },
  });
}

// Names with zero bytes and with one another as prefix: what a careless key layout mixes up.
const names = fc.constantFrom('a', 'a\0', 'a\0b', 'ab', 'b', '\u00ff', '');
const values = fc.string({ maxLength: 3 });
const settle = fc.oneof(
  fc.record({ kind: fc.constant('flush' as const) }),
  fc.record({ kind: fc.constant('commit' as const) }),
);
type Settle = { readonly kind: 'flush' | 'commit' };

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const matrix = (['memory', 'rocksdb'] as const).flatMap((engine) =>
  [false, true].map((caching) => ({ engine, caching, title: `${engine}, cache ${caching ? 'on' : 'off'}` })),
);

describe.each(matrix)('stores ($title)', ({ engine: kind, caching }) => {
  const base: Base = {
    keySerde: Serdes.string(),
    valueSerde: Serdes.string(),
    engine: kind,
    caching,
    logging: { topicConfig: {} },
  };
  let number = 0;

  /** A new store for each run of a property, in one engine: that they do not see each other is part of the contract. */
  async function eachRun(check: (make: (spec: (name: string) => StoreSpec) => Made) => void): Promise<void> {
    const engine = await openEngine(kind);
    check((spec) => {
      const made = spec(`store-${number++}`);
      const stores = open(engine, kind, [made]);
      const settleStores = (step: Settle): void => {
        if (step.kind === 'flush' || caching) stores.flushCaches();
        if (step.kind === 'commit') stores.writeCommitted(new Map());
      };
      return { store: stores.store(made.name), settle: settleStores };
    });
    await engine.close();
  }

  type Made = { readonly store: unknown; settle(step: Settle): void };

  test('a key-value store is a map in byte order', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('put' as const), key: names, value: fc.option(values) }),
        fc.record({ kind: fc.constant('putIfAbsent' as const), key: names, value: values }),
        fc.record({ kind: fc.constant('range' as const), from: fc.option(names), to: fc.option(names) }),
        settle,
      ),
    );
    await eachRun((make) =>
      fc.assert(
        fc.property(steps, (run) => {
          const made = make((name) => ({ ...base, kind: 'key-value', name, timestamped: false }));
          const store = made.store as KeyValueStore<string, string>;
          const model = new Map<string, string>();
          const scans: [Iterable<readonly [string, string]>, [string, string][]][] = [];
          for (const step of run) {
            if (step.kind === 'put') {
              store.put(step.key, step.value);
              if (step.value === null) model.delete(step.key);
              else model.set(step.key, step.value);
            } else if (step.kind === 'putIfAbsent') {
              expect(store.putIfAbsent(step.key, step.value)).toBe(model.get(step.key) ?? null);
              if (!model.has(step.key)) model.set(step.key, step.value);
            } else if (step.kind === 'range') {
              const inside = [...model].filter(
                ([key]) => (step.from === null || key >= step.from) && (step.to === null || key <= step.to),
              );
              scans.push([store.range(step.from, step.to), inside.sort(byKey)]);
              scans.push([store.reverseRange(step.from, step.to), inside.slice().reverse()]);
            } else made.settle(step);
            for (const key of ['a', 'a\0', '']) expect(store.get(key)).toBe(model.get(key) ?? null);
          }
          for (const [scan, expected] of scans) expect([...scan]).toEqual(expected);
          expect([...store.all()]).toEqual([...model].sort(byKey));
          expect(store.approximateNumEntries()).toBe(model.size);
        }),
        { numRuns: 50 },
      ),
    );
  });

  test('a window store keeps windows by key and start, in every order that is asked for', async () => {
    type Row = { readonly key: string; readonly startMs: number; readonly value: string };
    const row = ({ key, startMs, value }: Row): readonly [Windowed<string>, string] => [
      { key, window: { startMs, endMs: startMs + 30_000 } },
      value,
    ];
    const keyThenTime = (a: Row, b: Row): number => byKey([a.key, 0], [b.key, 0]) || a.startMs - b.startMs;
    const timeThenKey = (a: Row, b: Row): number => a.startMs - b.startMs || byKey([a.key, 0], [b.key, 0]);

    const starts = fc.integer({ min: 0, max: 20 }).map((at) => at * 30_000);
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('put' as const), key: names, value: fc.option(values), startMs: starts }),
        fc.record({
          kind: fc.constant('fetch' as const),
          key: names,
          to: names,
          times: fc.tuple(starts, starts).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const),
        }),
        settle,
      ),
    );
    await eachRun((make) =>
      fc.assert(
        fc.property(steps, (run) => {
          const made = make((name) => ({
            ...base,
            kind: 'window',
            name,
            timestamped: false,
            windowSizeMs: 30_000,
            retentionMs: 10_000_000,
            retainDuplicates: false,
            emitsOnClose: false,
          }));
          const store = made.store as WindowStore<string, string>;
          const model = new Map<string, { key: string; startMs: number; value: string }>();
          for (const step of run) {
            if (step.kind === 'put') {
              store.put(step.key, step.value, step.startMs);
              const id = `${step.key}@${step.startMs}`;
              if (step.value === null) model.delete(id);
              else model.set(id, { key: step.key, startMs: step.startMs, value: step.value });
              expect(store.fetch(step.key, step.startMs)).toBe(step.value);
            } else if (step.kind === 'fetch') {
              const [fromMs, toMs] = step.times;
              const inTime = [...model.values()].filter(({ startMs }) => startMs >= fromMs && startMs <= toMs);
              const ofKey = inTime.filter(({ key }) => key === step.key).sort((a, b) => a.startMs - b.startMs);
              const shown = ofKey.map(({ startMs, value }) => [startMs, value]);
              expect([...store.fetchRange(step.key, fromMs, toMs)]).toEqual(shown);
              expect([...store.backwardFetchRange(step.key, fromMs, toMs)]).toEqual(shown.reverse());
              const ofKeys = inTime.filter(({ key }) => key >= step.key && key <= step.to);
              expect([...store.fetchKeys(step.key, step.to, fromMs, toMs)]).toEqual(ofKeys.sort(keyThenTime).map(row));
              expect([...store.fetchAll(fromMs, toMs)]).toEqual(inTime.sort(timeThenKey).map(row));
              expect([...store.backwardFetchAll(fromMs, toMs)]).toEqual(inTime.reverse().map(row));
            } else made.settle(step);
          }
          expect([...store.all()]).toEqual([...model.values()].sort(timeThenKey).map(row));
        }),
        { numRuns: 50 },
      ),
    );
  });

  test('a window store that keeps duplicates shows every put, in order', async () => {
    await eachRun((make) => {
      const made = make((name) => ({
        ...base,
        caching: false,
        kind: 'window',
        name,
        timestamped: false,
        windowSizeMs: 1,
        retentionMs: 100_000,
        retainDuplicates: true,
        emitsOnClose: false,
      }));
      const store = made.store as WindowStore<string, string>;
      store.put('k', 'one', 5);
      store.put('k', 'two', 5);
      made.settle({ kind: 'commit' });
      store.put('k', 'two', 5);
      store.put('k', null, 5);
      store.put('k', 'early', 4);
      expect([...store.fetchRange('k', 0, 10)]).toEqual([
        [4, 'early'],
        [5, 'one'],
        [5, 'two'],
        [5, 'two'],
      ]);
    });
  });

  test('a window store forgets what is older than its own time less the retention, and refuses it anew', async () => {
    await eachRun((make) => {
      const made = make((name) => ({
        ...base,
        kind: 'window',
        name,
        timestamped: false,
        windowSizeMs: 10,
        retentionMs: 200_000,
        retainDuplicates: false,
        emitsOnClose: false,
      }));
      const store = made.store as WindowStore<string, string>;
      store.put('k', 'old', 1_000);
      made.settle({ kind: 'commit' });
      // With a cache, as in Kafka Streams, a row that it still holds is shown however old: here it is pushed out.
      if (caching) for (let at = 0; at < 20; at++) store.put(`other ${at}`, 'x', 400_000);
      store.put('k', 'edge', 300_001);
      store.put('k', 'new', 500_000);
      made.settle({ kind: 'commit' });
      expect(store.fetch('k', 1_000)).toBe(null);
      store.put('k', 'late', 300_000);
      made.settle({ kind: 'commit' });
      const shown = [...store.all()].filter(([{ key }]) => key === 'k').map(([, value]) => value);
      expect(shown).toEqual(caching ? ['late', 'edge', 'new'] : ['edge', 'new']);
    });
  });

  test('a store of windows that are emitted when they close shows the window that begins exactly a retention ago', async () => {
    await eachRun((make) => {
      const shown = [true, false].map((emitsOnClose) => {
        const made = make((name) => ({
          ...base,
          caching: false,
          kind: 'window',
          name,
          timestamped: false,
          windowSizeMs: 10,
          retentionMs: 10,
          retainDuplicates: false,
          emitsOnClose,
        }));
        const store = made.store as WindowStore<string, string>;
        for (const at of [10, 20, 30]) store.put('k', `${at}`, at);
        return [...store.all()].map(([, value]) => value);
      });
      expect(shown).toEqual([['20', '30'], ['30']]);
    });
  });

  test('a session store finds the sessions of a key that touch a time', async () => {
    const times = fc.integer({ min: 0, max: 40 }).map((at) => at * 10_000);
    const spans = fc.tuple(times, times).map(([a, b]) => ({ startMs: Math.min(a, b), endMs: Math.max(a, b) }));
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('put' as const), key: names, value: fc.option(values), window: spans }),
        fc.record({ kind: fc.constant('find' as const), key: names, window: spans }),
        settle,
      ),
    );
    await eachRun((make) =>
      fc.assert(
        fc.property(steps, (run) => {
          const made = make((name) => ({ ...base, kind: 'session', name, retentionMs: 1_000_000 }));
          const store = made.store as SessionStore<string, string>;
          const model = new Map<string, readonly [Windowed<string>, string]>();
          for (const step of run) {
            if (step.kind === 'put') {
              const { key, window, value } = step;
              store.put({ key, window }, value);
              const id = `${key}@${window.startMs}-${window.endMs}`;
              if (value === null) model.delete(id);
              else model.set(id, [{ key, window }, value]);
              expect(store.fetchSession(key, window.startMs, window.endMs)).toBe(value);
            } else if (step.kind === 'find') {
              const { startMs: earliestEndMs, endMs: latestStartMs } = step.window;
              const found = [...model.values()]
                .filter(([{ key }]) => key === step.key)
                .filter(([{ window }]) => window.endMs >= earliestEndMs && window.startMs <= latestStartMs)
                .sort(([a], [b]) => a.window.endMs - b.window.endMs || a.window.startMs - b.window.startMs);
              expect([...store.findSessions(step.key, earliestEndMs, latestStartMs)]).toEqual(found);
            } else made.settle(step);
          }
        }),
        { numRuns: 50 },
      ),
    );
  });

  test('a version deleted at the very time it began leaves no trace: an earlier one that comes late is the latest', async () => {
    await eachRun((make) => {
      const made = make((name) => ({ ...base, kind: 'versioned', name, historyRetentionMs: 50 }));
      const store = made.store as VersionedKeyValueStore<string, string>;
      store.put('k', 'undone', 49);
      store.put('k', null, 49);
      expect(store.put('k', 'late', 10)).toEqual({ kind: 'put', validToMs: null });
      expect(store.get('k')?.value).toBe('late');
    });
  });

  test('a versioned store answers as of any time within its history', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('put' as const), at: fc.nat({ max: 50 }), value: fc.option(values) }),
        settle,
      ),
    );
    await eachRun((make) =>
      fc.assert(
        fc.property(steps, (run) => {
          const made = make((name) => ({ ...base, kind: 'versioned', name, historyRetentionMs: 20 }));
          const store = made.store as VersionedKeyValueStore<string, string>;
          const versions = new Map<number, string | null>();
          let highest = -1;
          for (const step of run) {
            if (step.kind !== 'put') {
              made.settle(step);
              continue;
            }
            const next = [...versions.keys()].filter((at) => at > step.at).sort((a, b) => a - b)[0] ?? null;
            const refused = highest >= 0 && step.at < highest - 20;
            expect(store.put('k', step.value, step.at)).toEqual(
              refused ? { kind: 'not-put' } : { kind: 'put', validToMs: next },
            );
            if (refused) continue;
            highest = Math.max(highest, step.at);
            const [latest, previous] = [...versions].sort(([a], [b]) => b - a);
            const nothingBefore = previous === undefined || previous[1] === null || latest![0] <= highest - 20;
            const isUndone = step.value === null && latest?.[0] === step.at && latest[1] !== null && nothingBefore;
            if (isUndone) versions.delete(step.at);
            else versions.set(step.at, step.value);
          }
          for (let asOf = Math.max(highest - 20, 0); asOf <= 55; asOf++) {
            const at = [...versions.keys()].filter((time) => time <= asOf).sort((a, b) => b - a)[0];
            const value = at === undefined ? null : versions.get(at)!;
            const found = store.getAsOf('k', asOf);
            expect(found === null ? null : [found.value, found.timestamp]).toEqual(value === null ? null : [value, at]);
          }
          const latest = versions.get(Math.max(...versions.keys())) ?? null;
          expect(store.get('k')?.value ?? null).toBe(latest);
        }),
        { numRuns: 50 },
      ),
    );
  });
});
