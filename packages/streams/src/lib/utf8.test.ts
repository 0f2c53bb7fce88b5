import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 900, size: 'max' }),
  fc.string({ unit: 'binary-ascii', maxLength: 900, size: 'max' }),
  // Halves of surrogate pairs on their own.
  fc
    .array(fc.integer({ min: 0xd7f0, max: 0xe010 }), { maxLength: 200, size: 'max' })
    .map((units) => String.fromCharCode(...units)),
);

test('text of any length becomes the bytes of TextEncoder, which later texts leave alone', () => {
  fc.assert(
    fc.property(fc.array(texts, { maxLength: 40 }), (written) => {
      const encoded = written.map(encodeUtf8);
      const expected = written.map((text) => new TextEncoder().encode(text));
      expect(encoded.map((bytes) => [...bytes])).toEqual(expected.map((bytes) => [...bytes]));
      expect(encoded.map((bytes) => decodeUtf8(bytes))).toEqual(
        expected.map((bytes) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
      );
    }),
    { numRuns: 60 },
  );
});
