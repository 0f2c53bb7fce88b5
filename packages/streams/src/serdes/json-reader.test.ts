import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonReader } from './json-reader.ts';

const FRAME = 3;

/** What becomes of bytes that stand among others, by the reader or by JSON.parse. */
function outcome(read: (bytes: Uint8Array) => unknown, text: Uint8Array): unknown {
  try {
    return { value: read(text) };
  } catch (error) {
    return (error as Error).name;
  }
}

const parse = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString());

function framedRead(reader: JsonReader): (bytes: Uint8Array) => unknown {
  return (bytes) => {
    const framed = new Uint8Array(bytes.length + 2 * FRAME).fill('7'.charCodeAt(0));
    framed.set(bytes, FRAME);
    return reader.read(framed, FRAME, FRAME + bytes.length);
  };
}

const plain = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.integer({ min: -99_999, max: 99_999 }).map((cents) => cents / 100),
  fc.constantFrom(true, false, null, -0),
);

const keys = fc.constantFrom('id', 'user', 'ä', '"', '7', '__proto__', 'a b');
const member = fc.oneof(
  { weight: 6, arbitrary: plain },
  { weight: 1, arbitrary: fc.dictionary(keys, plain, { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.array(plain, { maxLength: 2 }) },
);
const records = fc
  .uniqueArray(keys, { minLength: 1, maxLength: 5 })
  .chain((names) => fc.array(fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), member))), { minLength: 2 }))
  .map((rows) => rows.map((row) => JSON.stringify(Object.fromEntries(row))));

test('objects of the same keys are read as by JSON.parse', () => {
  fc.assert(
    fc.property(records, (texts) => {
      const read = framedRead(new JsonReader());
      for (const text of texts) {
        const bytes = Buffer.from(text);
        expect(read(bytes)).toStrictEqual(parse(bytes));
        expect(JSON.stringify(read(bytes))).toBe(JSON.stringify(parse(bytes)));
      }
    }),
    { numRuns: 500 },
  );
});

test('whatever a byte more, less or other makes of a record, it is read or refused as by JSON.parse', () => {
  const damage = fc.record({
    at: fc.nat(200),
    cut: fc.nat(2),
    put: fc.constantFrom('', '"', '\\', ',', '}', '{', ':', '0', '-', '.', 'e', ' ', '\n', 'null', '\u00e4', '1234567'),
  });
  fc.assert(
    fc.property(records, fc.array(damage, { minLength: 1, maxLength: 30 }), (texts, damages) => {
      const reader = new JsonReader();
      for (const text of texts) reader.read(Buffer.from(text), 0, Buffer.byteLength(text));
      for (const [index, { at, cut, put }] of damages.entries()) {
        const text = texts[index % texts.length]!;
        const from = at % (text.length + 1);
        const damaged = Buffer.from(text.slice(0, from) + put + text.slice(from + cut));
        expect(outcome(framedRead(reader), damaged)).toStrictEqual(outcome(parse, damaged));
      }
    }),
    { numRuns: 500 },
  );
});

test('texts whose keys change all the time are read all the same', () => {
  const reader = new JsonReader();
  for (let at = 0; at < 100; at++) {
    const bytes = Buffer.from(JSON.stringify({ [`key${at}`]: at }));
    expect(reader.read(bytes, 0, bytes.length)).toEqual({ [`key${at}`]: at });
  }
});
