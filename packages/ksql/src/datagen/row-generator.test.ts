import { seededRandom } from '@millrace/base';
import { FakeClock } from '@millrace/base/testing';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../types/decimal.ts';
import type { Row, SqlValue } from '../types/values.ts';
import { QUICKSTARTS } from './quickstarts.ts';
import { rowGenerator } from './row-generator.ts';

const clock = new FakeClock();

function rows(schema: string, count: number, seed = 1, readFile = (_path: string): string => ''): readonly Row[] {
  const generator = rowGenerator(schema, { random: seededRandom(seed), clock, readFile });
  return Array.from({ length: count }, () => generator.next());
}

/** Values of one field of this schema. */
function values(type: unknown, count = 200, seed = 1, readFile?: (path: string) => string): readonly SqlValue[] {
  const schema = JSON.stringify({ type: 'record', name: 'r', fields: [{ name: 'f', type }] });
  return rows(schema, count, seed, readFile).map((row) => row[0]!);
}

const narrowed = (type: string, settings: object, count?: number) =>
  values({ type, 'arg.properties': settings }, count);

test('the same seed makes the same rows, another one others', () => {
  for (const { schema } of Object.values(QUICKSTARTS)) {
    expect(rows(schema, 20, 7)).toEqual(rows(schema, 20, 7));
    expect(rows(schema, 20, 7)).not.toEqual(rows(schema, 20, 8));
  }
});

test('orders are those of the tutorials', () => {
  const generator = rowGenerator(QUICKSTARTS.orders!.schema, { random: seededRandom(1), clock, readFile: () => '' });
  expect(generator.columns.map(({ name, type }) => [name, type.kind])).toEqual([
    ['ordertime', 'BIGINT'],
    ['orderid', 'INTEGER'],
    ['itemid', 'STRING'],
    ['orderunits', 'DOUBLE'],
    ['address', 'STRUCT'],
  ]);
  for (let id = 0; id < 50; id++) {
    const [time, orderId, item, units, address] = generator.next();
    expect(time).toBeTypeOf('bigint');
    expect(orderId).toBe(id);
    expect(item).toMatch(/^Item_[1-9][0-9]{0,2}$/);
    expect(units).toBeGreaterThanOrEqual(0.1);
    expect(units).toBeLessThan(10);
    expect(address).toEqual([expect.stringMatching(/^City_/), expect.stringMatching(/^State_/), expect.any(BigInt)]);
  }
});

test('page views are of now', () => {
  const [[time] = []] = rows(QUICKSTARTS.pageviews!.schema, 1);
  expect(time).toBe(BigInt(clock.wallMs()));
});

describe('settings', () => {
  test('options come from a list, or from a file', () => {
    expect(new Set(narrowed('string', { options: ['a', 'b'] }))).toEqual(new Set(['a', 'b']));
    expect(new Set(narrowed('long', { options: [1, 2] }))).toEqual(new Set([1n, 2n]));
    const type = { type: 'int', 'arg.properties': { options: { file: 'x.json', encoding: 'json' } } };
    expect(new Set(values(type, 50, 1, (path) => (path === 'x.json' ? '[5, 6]' : '')))).toEqual(new Set([5, 6]));
    const record = {
      type: 'record',
      name: 'day',
      fields: [
        { name: 'm', type: 'string' },
        { name: 'd', type: 'int' },
      ],
    };
    expect(values({ ...record, 'arg.properties': { options: [{ m: 'Jan', d: 2 }] } }, 1)).toEqual([['Jan', 2]]);
  });

  test('an iteration goes on by its step, and round', () => {
    const iteration = { start: 0, restart: 5, step: 2 };
    expect(narrowed('int', { iteration }, 7)).toEqual([0, 2, 4, 1, 3, 0, 2]);
    expect(narrowed('long', { iteration: { start: 3, restart: 0 } }, 5)).toEqual([3n, 2n, 1n, 3n, 2n]);
    expect(narrowed('double', { iteration: { start: 0, initial: 5, step: 0.5 } }, 2)).toEqual([5, 5.5]);
    expect(narrowed('boolean', { iteration: { start: true } }, 3)).toEqual([true, false, true]);
  });

  test('a range holds its least, and not its most', () => {
    expect(new Set(narrowed('int', { range: { min: 3, max: 6 } }))).toEqual(new Set([3, 4, 5]));
    const far = narrowed('long', { range: { min: 9_000_000_000, max: 9_000_000_002 } });
    expect(new Set(far)).toEqual(new Set([9_000_000_000n, 9_000_000_001n]));
  });

  test('texts have their length, their ends, and match their regex', () => {
    for (const text of narrowed('string', { length: { min: 2, max: 4 }, prefix: '<', suffix: '>' })) {
      expect(text).toMatch(/^<.{2,3}>$/);
    }
    for (const text of narrowed('string', { regex: '[a-z]*', length: 4 })) expect(text).toMatch(/^[a-z]{4,}$/);
    for (const text of narrowed('string', {})) expect(text).toMatch(/^[A-Za-z]{8,15}$/);
  });

  test('odds, symbols, lists, maps, unions and numbers without settings are what their types can hold', () => {
    expect(new Set(narrowed('boolean', { odds: 1 }))).toEqual(new Set([true]));
    expect(new Set(values({ type: 'enum', name: 'e', symbols: ['A', 'B'] }))).toEqual(new Set(['A', 'B']));
    const list = { type: 'array', items: { type: 'int', 'arg.properties': { options: [7] } } };
    expect(values({ ...list, 'arg.properties': { length: 2 } }, 1)).toEqual([[7, 7]]);
    const map = { type: 'map', values: 'int', 'arg.properties': { length: 9, keys: { options: ['a', 'b'] } } };
    for (const each of values(map, 5)) {
      expect([...(each as ReadonlyMap<string, number>).keys()].sort()).toEqual(['a', 'b']);
    }
    expect(new Set(values(['null', { type: 'int', 'arg.properties': { options: [7] } }]))).toEqual(new Set([null, 7]));
    expect(values({ type: 'fixed', name: 'x', size: 3 }, 1)).toEqual([expect.any(Uint8Array)]);
    for (const each of values('int')) expect(Math.abs(each as number)).toBeLessThanOrEqual(2 ** 31);
    for (const each of values({ type: 'bytes', logicalType: 'decimal', precision: 4, scale: 2 })) {
      expect(each).toBeInstanceOf(Decimal);
      expect(String(each)).toMatch(/^\d{1,2}\.\d\d$/);
    }
  });

  test('a named type is made wherever its name stands', () => {
    const schema = JSON.stringify({
      type: 'record',
      name: 'r',
      fields: [
        { name: 'a', type: { type: 'enum', name: 'side', symbols: ['BUY'] } },
        { name: 'b', type: 'side' },
      ],
    });
    expect(rows(schema, 1)).toEqual([['BUY', 'BUY']]);
  });

  test.each([
    ['int', { range: { min: 3, max: 3 } }, 'max must be more than min'],
    ['int', { range: 3 }, 'it must be an object'],
    ['int', { iteration: {} }, 'start is missing'],
    ['int', { iteration: { start: 1, restart: 1 } }, 'the same'],
    ['string', { options: [] }, 'it must be a list of values'],
    ['string', { regex: 3 }, 'it must be a string'],
    ['string', { length: { min: 3, max: 1 } }, 'max must be more than min'],
  ])('%s with %j is refused', (type, settings, reason) => {
    expect(() => narrowed(type, settings)).toThrow(reason);
  });
});
