import { describe, expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { timeWindowedSerde } from '../serdes/windowed.ts';
import { latestChange } from './change.ts';
import { Suppress, type SuppressOptions } from './suppress.ts';
import { HeldChanges, heldChangeSerde, suppressStoreSpec } from './suppress-buffer.ts';
import { type Arrival, WiredNodes } from './test-support/wired-nodes.ts';
import { makeGetter } from './value-getter.ts';

const string = Serdes.string();

type Settings = Partial<Pick<SuppressOptions, 'waitMs' | 'recordsMax' | 'bytesMax' | 'whenFull'>>;

class Suppression<K> {
  readonly wired: WiredNodes;
  readonly #node: Suppress;

  constructor(options: Omit<SuppressOptions, 'storeName' | 'valueSerde'>, earlier?: Suppression<K>) {
    const { keySerde } = options;
    const stores = [suppressStoreSpec({ name: 'buffer', keySerde, valueSerde: string, logging: false })];
    this.wired = new WiredNodes(earlier === undefined ? { stores } : { stores, taskStores: earlier.wired.stores });
    this.#node = this.wired.chain(new Suppress('suppress', { ...options, storeName: 'buffer', valueSerde: string }));
  }

  change(key: K, newValue: string | null, timestamp: number, oldValue: string | null = null): Arrival[] {
    this.#node.receive(key, latestChange(newValue, oldValue), timestamp);
    return this.wired.taken();
  }
}

const KEY = { keySerde: string, untilWindowCloses: false, waitMs: 10, recordsMax: Infinity, bytesMax: Infinity };
const SIZE_MS = 10;

function untilTimeLimit(settings: Settings = {}, earlier?: Suppression<string>): Suppression<string> {
  return new Suppression({ ...KEY, whenFull: 'emit', ...settings }, earlier);
}

function window(key: string, startMs: number): { key: string; window: { startMs: number; endMs: number } } {
  return { key, window: { startMs, endMs: startMs + SIZE_MS } };
}

function untilWindowCloses(graceMs: number, settings: Settings = {}): Suppression<ReturnType<typeof window>> {
  const keySerde = timeWindowedSerde(string, SIZE_MS) as SuppressOptions['keySerde'];
  const options = { ...KEY, keySerde, untilWindowCloses: true, waitMs: graceMs, whenFull: 'shut-down' } as const;
  return new Suppression({ ...options, ...settings });
}

describe('until a time limit', () => {
  test('the latest change leaves when so much stream time has passed since the first', () => {
    const table = untilTimeLimit();
    expect(table.change('a', '1', 100)).toEqual([]);
    expect(table.change('a', '2', 105, '1')).toEqual([]);
    expect(table.change('b', '1', 109)).toEqual([]);
    expect(table.change('b', '2', 110, '1')).toEqual([['a', latestChange('2', '1'), 105]]);
    expect(table.change('c', '1', 119)).toEqual([['b', latestChange('2', '1'), 110]]);
  });

  test('changes leave in the order of their time, then of their key bytes', () => {
    const table = untilTimeLimit();
    table.change('b', 'b', 101);
    table.change('a', 'a', 101);
    table.change('c', 'c', 100);
    expect(table.change('z', 'z', 200).map(([key]) => key)).toEqual(['c', 'a', 'b']);
  });

  test('a late change does not turn the stream time back', () => {
    const table = untilTimeLimit();
    table.change('z', 'z', 100);
    expect(table.change('a', 'late', 50)).toEqual([['a', latestChange('late', null), 50]]);
  });

  test('a deletion leaves, too', () => {
    const table = untilTimeLimit({ waitMs: 0 });
    expect(table.change('a', null, 100, '1')).toEqual([['a', latestChange(null, '1'), 100]]);
  });

  test('a full buffer sends its oldest changes early', () => {
    const table = untilTimeLimit({ recordsMax: 2 });
    table.change('b', '1', 100);
    table.change('a', '1', 101);
    table.change('b', '2', 102, '1');
    expect(table.change('c', '1', 103)).toEqual([['b', latestChange('2', '1'), 102]]);
  });

  test('a limit of bytes counts key, values and context as Kafka Streams does', () => {
    // Time 8, key 1, value 1, timestamp and offset 16, topic `input` 5, partition 4.
    const table = untilTimeLimit({ bytesMax: 70 });
    table.change('a', '1', 100);
    expect(table.change('b', '1', 101)).toEqual([]);
    expect(table.change('b', '12', 102)).toEqual([['a', latestChange('1', null), 100]]);
  });

  test('what is held has the headers and the time of its own record, not of the one that lets it out', () => {
    const table = untilTimeLimit();
    const headers = [{ key: 'from', value: Uint8Array.of(1) }];
    table.wired.record.headers = headers;
    table.change('a', '1', 100);
    table.wired.record.headers = [];
    table.change('b', '1', 200);
    expect(table.wired.takenHeaders()).toEqual([headers]);
    expect(table.wired.record.headers).toEqual([]);
  });

  test('what was held before a restart leaves behind it, in order', () => {
    const before = untilTimeLimit();
    before.change('b', '1', 101);
    before.change('a', '1', 101);
    const after = untilTimeLimit({}, before);
    expect(after.change('c', '1', 111).map(([key]) => key)).toEqual(['a', 'b']);
  });
});

describe('until the window closes', () => {
  test('the last change of a window leaves when stream time has reached its end and the grace', () => {
    const table = untilWindowCloses(5);
    expect(table.change(window('a', 100), '1', 100)).toEqual([]);
    expect(table.change(window('a', 100), '2', 114)).toEqual([]);
    expect(table.change(window('a', 110), '1', 115)).toEqual([[window('a', 100), latestChange('2', null), 114]]);
  });

  test('a window that was deleted in the end leaves nothing', () => {
    const table = untilWindowCloses(0);
    table.change(window('a', 100), '1', 100);
    table.change(window('a', 100), null, 101, '1');
    expect(table.change(window('a', 200), '1', 200)).toEqual([]);
  });

  test('a full buffer stops the application, and says how full it is', () => {
    const table = untilWindowCloses(0, { recordsMax: 1 });
    table.change(window('a', 100), '1', 100);
    expect(() => table.change(window('b', 100), '1', 100)).toThrow(/Currently \[2\/1\] records/);
  });
});

test('who looks up a row that is held back finds what downstream knows', () => {
  const table = untilTimeLimit();
  const rows = new Map([['a', { value: '2', timestamp: 100 }]]);
  const parent = { kind: 'store', store: 'rows', form: 'timestamped' } as const;
  const getter = makeGetter({ kind: 'suppress', parent, buffer: 'buffer' }, {
    getStore: (name: string) =>
      name === 'rows' ? { get: (key: string) => rows.get(key) ?? null } : table.wired.stores.store(name),
  } as unknown as Parameters<typeof makeGetter>[1]);
  expect(getter.get('a')).toEqual({ value: '2', timestamp: 100 });
  table.change('a', '1', 100, '0');
  table.change('a', '2', 101, '1');
  expect(getter.get('a')).toMatchObject({ value: '0' });
  table.change('z', 'z', 200);
  expect(getter.get('a')).toEqual({ value: '2', timestamp: 100 });
});

// Written by Kafka Streams 4.3.1 itself: its BufferValue of these parts, with the time behind.
const CONTEXT_BYTES =
  '0000000000000007000000000000000900000005746f70696300000002000000020000000168000000020102000000016effffffff';

test.each([
  { old: 'o', next: 'n', parts: '0000000170000000016f000000016e' },
  { old: 'p', next: null, parts: '0000000170fffffffeffffffff' },
])('held changes lie in the changelog as Kafka Streams writes them: $parts', ({ old, next, parts }) => {
  const headers = [
    { key: 'h', value: Uint8Array.of(1, 2) },
    { key: 'n', value: null },
  ];
  const context = { topic: 'topic', partition: 2, offset: 9, timestamp: 7, headers };
  const changes = new HeldChanges(string, 'changelog');
  const held = changes.next(changes.first(11, latestChange('n', 'p'), context), latestChange(next, old), context);
  const serde = heldChangeSerde(string);
  const bytes = serde.serialize(held, 'changelog');
  expect(Buffer.from(bytes).toString('hex')).toBe(`${CONTEXT_BYTES}${parts}000000000000000b`);
  const read = serde.deserialize(bytes, 'changelog');
  expect([read.prior, read.old, read.new, read.timeMs, read.context]).toEqual(['p', old, next, 11, context]);
});
