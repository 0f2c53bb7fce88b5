import { expect, test } from 'vitest';
import { hash128 } from './murmur3.ts';

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

// Computed by Kafka Streams 4.3.1 itself.
test.each([
  ['', '9d2764a018e329428c3cf3b035938518'],
  ['a', '3361634e7e0f5188e9c7dda24eae326b'],
  ['abcdefg', '8213f0cabc692d1298464044828f459a'],
  ['abcdefgh', 'c9e137e204bd98d798412524f285c8d5'],
  ['abcdefghi', '4be3491e5ef44ca37e63ebba6e3b347c'],
  ['abcdefghijklmno', '603d5a6bedf0d05ed3fc15238772c89f'],
  ['abcdefghijklmnop', '03daa544af252b49ec7e65eed6ef622a'],
  ['abcdefghijklmnopq', 'bde7390e448a967e0a17807fe372cf77'],
  ['The quick brown fox jumps over the lazy dog', 'e74c5921af0f99c8b7f85ec81df06726'],
])('the hash of %j is the one that Kafka Streams computes', (text, expected) => {
  expect(hex(hash128(new TextEncoder().encode(text)))).toBe(expected);
});

test('bytes above 127 count as unsigned', () => {
  expect(hex(hash128(new Uint8Array(37).fill(0xff)))).toBe('9deb4c880e9d1f94f361278c2e37abde');
});
