import { expect, test } from 'vitest';
import { LONG_MAX } from './lib/int64.ts';
import { Reader } from './reader.ts';
import { BY_REFERENCE_BYTES_MIN, Writer } from './writer.ts';

const invalid = expect.objectContaining({ code: 'INVALID_VALUE' });

function hexOf(write: (writer: Writer) => void): string {
  const writer = new Writer(4);
  write(writer);
  return Buffer.from(writer.toBytes()).toString('hex');
}

test('a value that its type does not hold is refused', () => {
  expect(() => hexOf((writer) => writer.int8(128))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.int16(-32769))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.int32(2 ** 31))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.int32(1.5))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.int64(2 ** 53))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.int64(Number.NaN))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.uvarint(-1))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.uuid('not a uuid'))).toThrow(invalid);
  expect(() => hexOf((writer) => writer.string('x'.repeat(0x8000)))).toThrow(invalid);
});

test('the largest long is written back as it was read', () => {
  expect(hexOf((writer) => writer.int64(LONG_MAX))).toBe('7fffffffffffffff');
  expect(hexOf((writer) => writer.int64(-2))).toBe('fffffffffffffffe');
});

test('strings beyond ASCII are written in UTF-8 with their length in bytes', () => {
  expect(hexOf((writer) => writer.string('é'))).toBe('0002c3a9');
  expect(hexOf((writer) => writer.compactString('aé'))).toBe('0461c3a9');
  expect(hexOf((writer) => writer.compactString('x'.repeat(200))).slice(0, 6)).toBe('c90178');
});

test('large byte arrays come out as chunks of their own, uncopied and in their place', () => {
  const batch = new Uint8Array(BY_REFERENCE_BYTES_MIN).fill(7);
  const writer = new Writer();
  writer.int32(0);
  writer.bytes(batch);
  writer.bytes(batch);
  writer.int8(1);
  writer.patchInt32(0, writer.length - 4);
  const chunks = writer.finish();
  expect(chunks.map((chunk) => chunk.length)).toEqual([8, batch.length, 4, batch.length, 1]);
  expect(chunks[1]).toBe(batch);
  expect(chunks.reduce((sum, chunk) => sum + chunk.length, 0)).toBe(writer.length);
  const reader = new Reader(Buffer.concat(chunks));
  expect(reader.int32()).toBe(writer.length - 4);
  expect(reader.bytes()).toEqual(Buffer.from(batch));
});

test('a tagged field may hold bytes by reference', () => {
  const large = new Uint8Array(BY_REFERENCE_BYTES_MIN).fill(7);
  const writer = new Writer(8);
  writer.bytes(large);
  const start = writer.beginTaggedField(3);
  writer.int8(1);
  writer.bytes(large);
  writer.int8(2);
  writer.bytes(large);
  writer.endTaggedField(start);
  writer.int8(99);
  const reader = new Reader(writer.toBytes());
  reader.bytes();
  expect(reader.uvarint()).toBe(3);
  const end = reader.taggedFieldEnd();
  expect(reader.int8()).toBe(1);
  expect(Buffer.compare(reader.bytes(), large)).toBe(0);
  expect(reader.int8()).toBe(2);
  expect(Buffer.compare(reader.bytes(), large)).toBe(0);
  reader.expectPosition(end);
  expect(reader.int8()).toBe(99);
});

test('a tagged field gets its size in front, however long it is and whatever came by reference before', () => {
  for (const length of [0, 1, 126, 127, 128, 200, 16_500]) {
    const writer = new Writer(8);
    writer.bytes(new Uint8Array(BY_REFERENCE_BYTES_MIN));
    const start = writer.beginTaggedField(3);
    for (let index = 0; index < length; index++) writer.int8(index & 0x7f);
    writer.endTaggedField(start);
    writer.int8(99);
    const reader = new Reader(writer.toBytes());
    reader.bytes();
    expect(reader.uvarint()).toBe(3);
    const end = reader.taggedFieldEnd();
    for (let index = 0; index < length; index++) expect(reader.int8()).toBe(index & 0x7f);
    reader.expectPosition(end);
    expect(reader.int8()).toBe(99);
  }
});
