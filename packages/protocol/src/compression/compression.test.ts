import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COMPRESSION_TYPES, compress, decompress } from './compression.ts';

const CODECS = COMPRESSION_TYPES.filter((type) => type !== 'none');
const REPETITIVE = Buffer.from('the quick brown fox '.repeat(20_000));

/** Bytes with the repetitions that codecs live on, near and far. */
const compressible = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 50 })), { maxLength: 40 })
  .map((runs) => Buffer.concat(runs.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))));

describe.each(CODECS)('%s', (codec) => {
  test('gives back what was compressed', () => {
    fc.assert(
      fc.property(compressible, (bytes) => {
        expect(Buffer.compare(decompress(codec, compress(codec, bytes)), bytes)).toBe(0);
      }),
    );
    expect(Buffer.compare(decompress(codec, compress(codec, REPETITIVE)), REPETITIVE)).toBe(0);
  });

  test('gives back nothing for nothing, also after large inputs', () => {
    compress(codec, Buffer.alloc(1_000_000, 'abc'));
    expect(decompress(codec, compress(codec, Buffer.alloc(0))).length).toBe(0);
  });

  test('makes repetition small', () => {
    expect(compress(codec, REPETITIVE).length).toBeLessThan(REPETITIVE.length / 10);
  });

  test('refuses to unpack more than the limit, and unpacks exactly the limit', () => {
    const packed = compress(codec, REPETITIVE);
    expect(() => decompress(codec, packed, REPETITIVE.length - 1)).toThrow(
      expect.objectContaining({ code: 'DECOMPRESSED_TOO_LARGE' }),
    );
    expect(decompress(codec, packed, REPETITIVE.length).length).toBe(REPETITIVE.length);
  });

  test('answers damage with a typed error or other bytes, never with a crash or without end', () => {
    const packed = Buffer.from(compress(codec, REPETITIVE.subarray(0, 5000)));
    fc.assert(
      fc.property(fc.nat(packed.length - 1), fc.integer({ min: 1, max: 255 }), fc.nat(packed.length), (at, by, end) => {
        const damaged = Buffer.from(packed.subarray(0, end));
        if (at < end) damaged[at]! ^= by;
        try {
          expect(decompress(codec, damaged, 1_000_000).length).toBeLessThanOrEqual(1_000_000);
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: expect.stringMatching(/^(CORRUPT_MESSAGE|DECOMPRESSED_TOO_LARGE)$/) });
        }
      }),
      { numRuns: 500 },
    );
  });
});

test('snappy reads the bare block that librdkafka sends and the stream that Java sends', () => {
  // "abc" as literals, then a copy of six bytes from three back.
  const block = Uint8Array.of(9, (3 - 1) << 2, 0x61, 0x62, 0x63, ((6 - 4) << 2) | 1, 3);
  expect(Buffer.from(decompress('snappy', block)).toString()).toBe('abcabcabc');
  const stream = Buffer.concat([
    Buffer.from('82534e41505059000000000100000001', 'hex'),
    Uint8Array.of(0, 0, 0, block.length),
    block,
    Uint8Array.of(0, 0, 0, block.length),
    block,
  ]);
  expect(Buffer.from(decompress('snappy', stream)).toString()).toBe('abcabcabcabcabcabc');
});
