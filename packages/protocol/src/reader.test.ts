import { expect, test } from 'vitest';
import { LONG_MAX } from './lib/int64.ts';
import { ZERO_UUID } from './lib/uuid.ts';
import { Reader } from './reader.ts';

const corrupt = expect.objectContaining({ code: 'CORRUPT_MESSAGE' });

function reading(hex: string): Reader {
  return new Reader(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
}

test('64-bit integers are exact, keep the meaning of the special ones, and are refused otherwise', () => {
  expect(reading('00 00 00 00 00 00 00 00').int64()).toBe(0);
  expect(reading('ff ff ff ff ff ff ff ff').int64()).toBe(-1);
  expect(reading('ff ff ff ff ff ff ff fe').int64()).toBe(-2);
  expect(reading('00 1f ff ff ff ff ff ff').int64()).toBe(Number.MAX_SAFE_INTEGER);
  expect(reading('ff e0 00 00 00 00 00 01').int64()).toBe(Number.MIN_SAFE_INTEGER);
  expect(reading('7f ff ff ff ff ff ff ff').int64()).toBe(LONG_MAX);
  for (const hex of ['00 20 00 00 00 00 00 00', '7f ff ff ff ff ff ff fe', '80 00 00 00 00 00 00 00']) {
    expect(() => reading(hex).int64()).toThrow(expect.objectContaining({ code: 'INEXACT_INT64' }));
  }
});

test('variable-length integers end within 32 bits', () => {
  expect(reading('00').uvarint()).toBe(0);
  expect(reading('7f').uvarint()).toBe(127);
  expect(reading('80 01').uvarint()).toBe(128);
  expect(reading('ff ff ff ff 0f').uvarint()).toBe(0xffffffff);
  for (const hex of ['ff ff ff ff 10', '80 80 80 80 80 01', '80']) {
    expect(() => reading(hex).uvarint(), hex).toThrow(corrupt);
  }
});

test('a length beyond the end is refused before anything is allocated for it', () => {
  expect(() => reading('7f ff 61').string()).toThrow(corrupt);
  expect(() => reading('ff ff ff ff 0f 61').compactString()).toThrow(corrupt);
  expect(() => reading('7f ff ff ff 61').bytes()).toThrow(corrupt);
  expect(() => reading('00 00 00 03 00 00 00 00').listLength(4)).toThrow(corrupt);
  expect(() => reading('ff ff ff ff 0f').compactNullableListLength(1)).toThrow(corrupt);
  expect(() => reading('ff ff ff ff 0f').taggedFieldEnd()).toThrow(corrupt);
});

test('null is read where it may be, and refused elsewhere', () => {
  expect(reading('ff ff').nullableString()).toBeNull();
  expect(reading('00').compactNullableString()).toBeNull();
  expect(reading('ff ff ff ff').nullableBytes()).toBeNull();
  expect(reading('00').compactNullableBytes()).toBeNull();
  expect(reading('ff ff ff ff').nullableListLength(1)).toBe(-1);
  expect(reading('00').compactNullableListLength(1)).toBe(-1);
  expect(() => reading('ff ff').string()).toThrow(corrupt);
  expect(() => reading('00').compactString()).toThrow(corrupt);
  expect(() => reading('ff ff ff ff').bytes()).toThrow(corrupt);
  expect(() => reading('00').compactListLength(1)).toThrow(corrupt);
});

test('bytes are views of the input', () => {
  const input = Buffer.from('00000002aabb', 'hex');
  const bytes = new Reader(input).bytes();
  input[4] = 0xcc;
  expect([...bytes]).toEqual([0xcc, 0xbb]);
});

test('unknown tagged fields are skipped; one that lies about its size is refused', () => {
  const reader = reading('02 07 03 aa bb cc 09 00 2a');
  reader.skipTaggedFields();
  expect(reader.int8()).toBe(42);
  const liar = reading('01 aa');
  const end = liar.taggedFieldEnd();
  expect(() => liar.expectPosition(end)).toThrow(corrupt);
});

test('UUIDs are read in the text form of Kafka', () => {
  expect(reading('00'.repeat(16)).uuid()).toBe(ZERO_UUID);
  expect(reading('fb ff 00 00 00 00 00 00 00 00 00 00 00 00 00 01').uuid()).toBe('-_8AAAAAAAAAAAAAAAAAAQ');
});

test('a reader stays within the part of the array it was given', () => {
  const reader = new Reader(Buffer.from('0102030405', 'hex'), 1, 3);
  expect([...reader.rest()]).toEqual([2, 3]);
  expect(() => reader.int8()).toThrow(corrupt);
});
