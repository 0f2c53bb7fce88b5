import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deserializeAt, type Serde } from './serde.ts';
import { Serdes } from './serdes.ts';
import type { StandardSchema } from './standard-schema.ts';

const TOPIC = 'topic';

function roundTrip<T>(serde: Serde<T>, value: T): T {
  return serde.deserialize(serde.serialize(value, TOPIC), TOPIC);
}

const windows = fc.record({
  startMs: fc.integer({ min: 0, max: 2 ** 50 }),
  endMs: fc.integer({ min: 0, max: 2 ** 50 }),
});

describe('what is written is read back', () => {
  test.each<[string, () => void]>([
    ['string', () => law(Serdes.string(), fc.string({ unit: 'grapheme', maxLength: 200 }))],
    ['integer', () => law(Serdes.integer(), fc.integer())],
    ['short', () => law(Serdes.short(), fc.integer({ min: -32768, max: 32767 }))],
    ['long', () => law(Serdes.long(), fc.maxSafeInteger())],
    ['double', () => law(Serdes.double(), fc.double())],
    ['float', () => law(Serdes.float(), fc.float())],
    ['bytes', () => law(Serdes.bytes(), fc.uint8Array())],
    ['boolean', () => law(Serdes.boolean(), fc.boolean())],
    ['uuid', () => law(Serdes.uuid(), fc.uuid())],
    [
      'json',
      () =>
        law(
          Serdes.json<unknown>(),
          fc.json().map((text): unknown => JSON.parse(JSON.stringify(JSON.parse(text)))),
        ),
    ],
    [
      'session-windowed key',
      () => law(Serdes.sessionWindowed(Serdes.string()), fc.record({ key: fc.string(), window: windows })),
    ],
  ])('%s', (_name, check) => check());

  function law<T>(serde: Serde<T>, values: fc.Arbitrary<T>): void {
    fc.assert(
      fc.property(values, (value) => {
        expect(roundTrip(serde, value)).toEqual(value);
      }),
    );
  }
});

test('a value that a cache may keep as it is reads as exactly itself, and one in the middle of other bytes as alone', () => {
  const values = fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.maxSafeInteger(), fc.boolean());
  const { string, integer, short, long, float, double, boolean, uuid, bytes: byteArray, json } = Serdes;
  const makers = [string, integer, short, long, float, double, boolean, uuid, byteArray, json];
  const serdes = makers.map((make) => make() as Serde<unknown>);
  const odd = fc.constantFrom<unknown>(-0, Number.NaN, '\ud800', 2 ** 53, 0.1, null, {});
  fc.assert(
    fc.property(fc.oneof(values, odd), fc.constantFrom(...serdes), (value, serde) => {
      const plain = serde.toPlain?.(value) ?? null;
      if (plain === null) return;
      expect(serde.fromPlain?.(plain) ?? plain).toBe(value);
      expect(roundTrip(serde, value)).toBe(value);
      const bytes = serde.serialize(value, TOPIC);
      const framed = Uint8Array.of(1, 2, ...bytes, 3);
      expect(deserializeAt(serde, framed, 2, 2 + bytes.length, TOPIC)).toBe(value);
    }),
    { numRuns: 2_000 },
  );
});

describe("bytes are those of Kafka's serialisers", () => {
  test('a long is eight bytes, big-endian, two’s complement', () => {
    expect([...Serdes.long().serialize(-2, TOPIC)]).toEqual([255, 255, 255, 255, 255, 255, 255, 254]);
    expect([...Serdes.long().serialize(2 ** 40 + 5, TOPIC)]).toEqual([0, 0, 1, 0, 0, 0, 0, 5]);
  });

  test('a time-windowed key is the key and the window start', () => {
    const serde = Serdes.timeWindowed(Serdes.string(), 10);
    const bytes = serde.serialize({ key: 'k', window: { startMs: 258, endMs: 268 } }, TOPIC);
    expect([...bytes]).toEqual([107, 0, 0, 0, 0, 0, 0, 1, 2]);
    expect(serde.deserialize(bytes, TOPIC)).toEqual({ key: 'k', window: { startMs: 258, endMs: 268 } });
  });

  test('a session key is the key, the end, the start', () => {
    const serde = Serdes.sessionWindowed(Serdes.string());
    const bytes = serde.serialize({ key: 'k', window: { startMs: 1, endMs: 2 } }, TOPIC);
    expect([...bytes]).toEqual([107, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1]);
  });
});

describe('what cannot be exact is refused', () => {
  test('a long beyond 2^53 is an error on both sides, never a rounded number', () => {
    expect(() => Serdes.long().serialize(2 ** 53, TOPIC)).toThrow('is not an exact integer');
    const max = Uint8Array.of(127, 255, 255, 255, 255, 255, 255, 255);
    expect(() => Serdes.long().deserialize(max, TOPIC)).toThrow('does not fit');
  });

  test('bytes of another length are malformed', () => {
    expect(() => Serdes.integer().deserialize(Uint8Array.of(1, 2), TOPIC)).toThrow('2 bytes, not 4');
    expect(() => Serdes.json().deserialize(Uint8Array.of(123), TOPIC)).toThrow('the json serde cannot read');
  });

  test('what JSON cannot hold is refused when written', () => {
    expect(() => Serdes.json<unknown>().serialize(() => 1, TOPIC)).toThrow('has no JSON');
    expect(() => Serdes.json<unknown>().serialize(1n, TOPIC)).toThrow('the json serde cannot write');
  });
});

test('bytes given out share no memory with the bytes read', () => {
  const source = Uint8Array.of(1, 2, 3);
  Serdes.bytes().deserialize(source, TOPIC)[0] = 9;
  expect([...source]).toEqual([1, 2, 3]);
});

describe('a Standard Schema serde', () => {
  const positive: StandardSchema<number, number> = schema((value) =>
    typeof value === 'number' && value > 0
      ? { value }
      : { issues: [{ message: 'must be positive', path: ['amount'] }] },
  );

  test('checks on writing and on reading, and names the path', () => {
    const serde = Serdes.fromStandardSchema(positive);
    expect(roundTrip(serde, 5)).toBe(5);
    expect(() => serde.serialize(-1, TOPIC)).toThrow('amount: must be positive');
    expect(() => serde.deserialize(new TextEncoder().encode('-1'), TOPIC)).toThrow('amount: must be positive');
  });

  test('a schema that transforms writes by its encode', () => {
    const date: StandardSchema<string, Date> = schema((value) => ({ value: new Date(String(value)) }));
    const serde = Serdes.fromStandardSchema(date, { encode: (value) => value.toISOString() });
    expect(roundTrip(serde, new Date(5))).toEqual(new Date(5));
  });

  test('a schema that answers by a promise is refused by a typed error', () => {
    const slow: StandardSchema<number, number> = schema((value) => Promise.resolve({ value: value as number }));
    expect(() => Serdes.fromStandardSchema(slow).serialize(1, TOPIC)).toThrow(
      expect.objectContaining({ code: 'ASYNC_SCHEMA' }),
    );
  });

  function schema<I, O>(validate: StandardSchema<I, O>['~standard']['validate']): StandardSchema<I, O> {
    return { '~standard': { version: 1, vendor: 'test', validate } };
  }
});
