import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { ALL_KEYS, type Cursor } from '../../lib/ordered-map.ts';
import { fromLatin1, latin1 } from '../../lib/test-support/latin1.ts';
import { MemoryEngine } from './memory.ts';
import { openRocksDbEngine } from './rocksdb.ts';
import type { StoreEngine } from './store-engine.ts';

const folders: string[] = [];

afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function openRocks(): Promise<StoreEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-engine-'));
  folders.push(folder);
  return openRocksDbEngine(folder);
}

const keys = fc.uint8Array({ minLength: 1, maxLength: 3 }).map((bytes) => bytes.map((byte) => byte % 4 || 255));
const bound = fc.option(keys);

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('write' as const),
      changes: fc.array(fc.record({ key: keys, value: fc.option(fc.uint8Array({ maxLength: 4 })) }), { maxLength: 8 }),
    }),
    fc.record({ kind: fc.constant('deleteRange' as const), from: bound, to: bound }),
    fc.record({ kind: fc.constant('scan' as const), from: bound, to: bound, reverse: fc.boolean() }),
    fc.record({ kind: fc.constant('get' as const), keys: fc.array(keys, { maxLength: 5 }) }),
  ),
  { maxLength: 40 },
);

function rest(cursor: Cursor<Uint8Array>): [string, string][] {
  const rows: [string, string][] = [];
  while (cursor.next()) rows.push([latin1(cursor.key), latin1(cursor.value)]);
  return rows;
}

function inRange(key: string, from: Uint8Array | null, to: Uint8Array | null): boolean {
  return (from === null || key >= latin1(from)) && (to === null || key < latin1(to));
}

describe.each([
  ['memory', () => Promise.resolve<StoreEngine>(new MemoryEngine())],
  ['rocksdb', openRocks],
])('the %s engine', (_name, open) => {
  test('is an ordered map of bytes whose open scans see no later change', async () => {
    const engine = await open();
    fc.assert(
      fc.property(steps, (run) => {
        engine.deleteRange(ALL_KEYS);
        const model = new Map<string, string>();
        const scans: [Cursor<Uint8Array>, [string, string][]][] = [];
        for (const step of run) {
          switch (step.kind) {
            case 'write':
              engine.write((put) => {
                for (const { key, value } of step.changes) put(key, value);
              });
              for (const { key, value } of step.changes) {
                if (value === null) model.delete(latin1(key));
                else model.set(latin1(key), latin1(value));
              }
              break;
            case 'deleteRange':
              engine.deleteRange(step);
              for (const key of model.keys()) if (inRange(key, step.from, step.to)) model.delete(key);
              break;
            case 'scan': {
              const expected = [...model]
                .filter(([key]) => inRange(key, step.from, step.to))
                .sort(([a], [b]) => (a < b ? -1 : 1));
              scans.push([engine.scan(step, step.reverse), step.reverse ? expected.reverse() : expected]);
              break;
            }
            case 'get': {
              const expected = step.keys.map((key) => model.get(latin1(key)) ?? null);
              const shown = (value: Uint8Array | null): string | null => (value === null ? null : latin1(value));
              expect(engine.getMany(step.keys).map(shown)).toEqual(expected);
              expect(step.keys.map((key) => shown(engine.get(key)))).toEqual(expected);
              break;
            }
          }
        }
        for (const [scan, expected] of scans) expect(rest(scan)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
    await engine.close();
  });

  test('scans many rows and may be left early', async () => {
    const engine = await open();
    const names = Array.from({ length: 3_000 }, (_, at) => String(at).padStart(5, '0'));
    engine.write((put) => {
      for (const name of names) put(fromLatin1(name), fromLatin1(name));
    });
    expect(rest(engine.scan(ALL_KEYS)).map(([key]) => key)).toEqual(names);
    const early = engine.scan(ALL_KEYS, true);
    expect(early.next()).toBe(true);
    expect(latin1(early.key)).toBe('02999');
    early.close();
    expect(early.next()).toBe(false);
    engine.scan(ALL_KEYS).next();
    await engine.close();
  });
});

test('a RocksDB engine keeps its data over a restart, and its folder is locked while it is open', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-engine-'));
  folders.push(folder);
  const first = await openRocksDbEngine(folder);
  first.write((put) => put(fromLatin1('k'), fromLatin1('v')));
  await expect(openRocksDbEngine(folder)).rejects.toMatchObject({ code: 'STATE_OPEN_FAILED' });
  await first.close();
  const second = await openRocksDbEngine(folder);
  expect(latin1(second.get(fromLatin1('k'))!)).toBe('v');
  await second.close();
});

test('a RocksDB engine bounds what it keeps in memory before it writes table files', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-engine-'));
  folders.push(folder);
  const engine = await openRocksDbEngine(folder);
  // RocksDB notes the settings it runs with.
  const file = (await readdir(folder)).find((name) => name.startsWith('OPTIONS-'))!;
  const noted = await readFile(join(folder, file), 'utf8');
  const setting = (name: string): number => Number(new RegExp(`^ *${name}=(\\d+)$`, 'm').exec(noted)![1]);
  expect(setting('write_buffer_size') * setting('max_write_buffer_number')).toBeLessThanOrEqual(12 * 1024 * 1024);
  await engine.close();
});

test('a commit larger than the write buffers leaves little for the next open of a RocksDB engine to read back', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-engine-'));
  folders.push(folder);
  const engine = await openRocksDbEngine(folder);
  const value = new Uint8Array(1_000);
  engine.write((put) => {
    for (let at = 0; at < 32_000; at++) put(fromLatin1(String(at)), value);
  });
  await engine.close();
  const logs = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const sizes = await Promise.all(logs.map(async (name) => (await stat(join(folder, name))).size));
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(12 * 1024 * 1024);
});
