import { expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { unmatchedKeySerde, unmatchedValuesSerde } from './unmatched-serdes.ts';

const string = Serdes.string();

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

test('keys of unmatched records are time, side, key: in the order of time', () => {
  const serde = unmatchedKeySerde(string);
  const key = { timestamp: 258, isLeft: true, key: 'ab' };
  const bytes = serde.serialize(key, 'topic');
  expect(hex(bytes)).toBe('0000000000000102016162');
  expect(serde.deserialize(bytes, 'topic')).toEqual(key);
});

test('values of unmatched records are the list that Kafka Streams writes', () => {
  const serde = unmatchedValuesSerde(string, Serdes.integer());
  const left = { isLeft: true, values: ['x', 'yz'] };
  const bytes = serde.serialize(left, 'topic');
  // Written by Kafka's own list serialiser.
  expect(hex(bytes)).toBe('01000000020000000201780000000301797a');
  expect(serde.deserialize(bytes, 'topic')).toEqual(left);
  const right = { isLeft: false, values: [7] };
  expect(serde.deserialize(serde.serialize(right, 'topic'), 'topic')).toEqual(right);
});
