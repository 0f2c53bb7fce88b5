import { expect, test } from 'vitest';
import { decodePartitionTime, encodePartitionTime } from './committed-metadata.ts';

test('partition times come back', () => {
  for (const time of [-1, 0, 1_700_000_000_000]) expect(decodePartitionTime(encodePartitionTime(time))).toBe(time);
});

test("the bytes are those of Kafka Streams: version 2, the time, no processors' metadata", () => {
  expect([...Buffer.from(encodePartitionTime(258), 'base64')]).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0]);
});

test('metadata of version 1 is read, and that of others is no time', () => {
  expect(decodePartitionTime(Buffer.from([1, 0, 0, 0, 0, 0, 0, 1, 2]).toString('base64'))).toBe(258);
  expect(decodePartitionTime('')).toBe(-1);
  expect(decodePartitionTime('written by hand')).toBe(-1);
});
