import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AvroCursor } from './avro/avro-cursor.ts';
import { ByteCursor } from './byte-cursor.ts';
import { ProtoOutput } from './protobuf/proto-wire.ts';

function varint(value: bigint): Uint8Array {
  const output = new ProtoOutput();
  output.varint(value);
  return output.finish();
}

test('varints of all lengths come back, as numbers where they fit', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.nat(63), (value, shift) => {
      const shorter = value >> BigInt(shift);
      expect(new ByteCursor(varint(shorter)).varint()).toBe(shorter);
      if (shorter <= Number.MAX_SAFE_INTEGER) expect(new ByteCursor(varint(shorter)).count()).toBe(Number(shorter));
    }),
  );
});

test('zig-zag numbers', () => {
  for (const value of [0n, -1n, 1n, -64n, 2n ** 48n, -(2n ** 48n), 2n ** 63n - 1n, -(2n ** 63n)]) {
    const zigZag = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    expect(new AvroCursor(varint(zigZag), 0).long()).toBe(value);
  }
});

test('what ends too early or never is refused', () => {
  expect(() => new ByteCursor(Uint8Array.of(0x80)).varint()).toThrow('the value ends too early');
  expect(() => new ByteCursor(new Uint8Array(20).fill(0xff)).varint()).toThrow('a number has too many bytes');
  expect(() => new ByteCursor(Uint8Array.of(1)).take(2)).toThrow('the value ends too early');
});
