import fc from 'fast-check';
import { expect, test } from 'vitest';
import { murmur2, partitionForKey, toPositive } from '../murmur2.ts';
import { crc32c, crc32cPortable } from './crc32c.ts';
// Computed by kafka-clients' Utils.murmur2 and java.util.zip.CRC32C for the same bytes.
import vectors from './java-hashes.golden.json' with { type: 'json' };

test('CRC-32C and murmur2 agree with Java', () => {
  for (const vector of vectors) {
    const bytes = Buffer.from(vector.bytes, 'base64');
    expect(crc32c(bytes)).toBe(vector.crc32c);
    expect(crc32cPortable(bytes)).toBe(vector.crc32c);
    expect(murmur2(bytes)).toBe(vector.murmur2);
  }
});

test('the portable CRC-32C and the native one agree on any range', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2000 }), fc.nat(300), fc.nat(300), (bytes, skip, drop) => {
      const start = Math.min(skip, bytes.length);
      const end = Math.max(bytes.length - drop, start);
      expect(crc32c(bytes, start, end)).toBe(crc32cPortable(bytes, start, end));
      expect(crc32cPortable(bytes, start, end)).toBe(crc32cPortable(bytes.slice(start, end)));
    }),
  );
});

test('a partition is the hash without its sign bit, modulo the count', () => {
  const key = Buffer.from('a');
  expect(murmur2(key)).toBeLessThan(0);
  expect(toPositive(murmur2(key))).toBe(murmur2(key) + 2 ** 31);
  expect(partitionForKey(key, 10)).toBe((murmur2(key) + 2 ** 31) % 10);
});
