import { expect, test } from 'vitest';
import { decodeCommittedMetadata, encodeCommittedMetadata } from './committed-metadata.ts';

const none = new Map<string, number>();

test("partition times and the nodes' times come back", () => {
  for (const partitionTimeMs of [-1, 0, 1_700_000_000_000]) {
    for (const processorMetadata of [
      none,
      new Map([
        ['counts', 42],
        ['größen', 1_700_000_000_000],
      ]),
    ]) {
      const metadata = { partitionTimeMs, processorMetadata };
      expect(decodeCommittedMetadata(encodeCommittedMetadata(metadata))).toEqual(metadata);
    }
  }
});

test("the bytes are those of Kafka Streams: version 2, the time, the processors' metadata", () => {
  const bytes = (processorMetadata: Map<string, number>): number[] => [
    ...Buffer.from(encodeCommittedMetadata({ partitionTimeMs: 258, processorMetadata }), 'base64'),
  ];
  expect(bytes(none)).toEqual([2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0]);
  expect(bytes(new Map([['ab', 3]])).slice(9)).toEqual([0, 0, 0, 1, 0, 0, 0, 2, 97, 98, 0, 0, 0, 0, 0, 0, 0, 3]);
});

test('metadata of version 1 is read, and of others nothing is known', () => {
  const version1 = Buffer.from([1, 0, 0, 0, 0, 0, 0, 1, 2]).toString('base64');
  expect(decodeCommittedMetadata(version1)).toEqual({ partitionTimeMs: 258, processorMetadata: none });
  const cut = Buffer.from([2, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 7]).toString('base64');
  for (const text of ['', 'written by hand', cut]) expect(decodeCommittedMetadata(text).partitionTimeMs).toBe(-1);
});
