import { expect, test } from 'vitest';
import { consumerProtocolSubscriptionCodec } from './generated/consumer-protocol-subscription.ts';
import { groupMetadataKeyCodec } from './generated/group-metadata-key.ts';
import { offsetCommitKeyCodec } from './generated/offset-commit-key.ts';
import { OffsetCommitValueDefaults, offsetCommitValueCodec } from './generated/offset-commit-value.ts';
import { decodeRecordKey, decodeVersioned, encodeRecordKey, encodeVersioned, readRecordType } from './versioned.ts';

const subscription = {
  topics: ['flights'],
  userData: null,
  ownedPartitions: [],
  generationId: 7,
  rackId: null,
};

test('a versioned message carries its version in front', () => {
  const bytes = encodeVersioned(consumerProtocolSubscriptionCodec, 2, subscription);
  expect([...bytes.subarray(0, 2)]).toEqual([0, 2]);
  expect(decodeVersioned(consumerProtocolSubscriptionCodec, bytes)).toEqual(subscription);
});

test('a subscription of a newer member is read as the newest version that is known', () => {
  const bytes = encodeVersioned(consumerProtocolSubscriptionCodec, 3, subscription);
  const newer = Buffer.concat([Buffer.from([0, 9]), bytes.subarray(2), Buffer.from('what came later')]);
  expect(decodeVersioned(consumerProtocolSubscriptionCodec, newer, { newerAsNewest: true })).toEqual(subscription);
});

test('a version that is not known is refused elsewhere', () => {
  const newer = Buffer.from([0, 9, 0, 0]);
  const refusal = expect.objectContaining({ code: 'UNSUPPORTED_VERSION' });
  expect(() => decodeVersioned(offsetCommitValueCodec, newer)).toThrow(refusal);
});

test('the key of a coordinator record tells its type, its value the version', () => {
  const key = { group: 'g', topic: 't', partition: 3 };
  const bytes = encodeRecordKey(offsetCommitKeyCodec, key);
  expect(readRecordType(bytes)).toBe(offsetCommitKeyCodec.recordType);
  expect(decodeRecordKey(offsetCommitKeyCodec, bytes)).toEqual(key);

  const value = { ...OffsetCommitValueDefaults, offset: 42, metadata: '', commitTimestamp: 1000 };
  expect(decodeVersioned(offsetCommitValueCodec, encodeVersioned(offsetCommitValueCodec, 3, value))).toEqual(value);
});

test('a key read as another type is refused', () => {
  const bytes = encodeRecordKey(groupMetadataKeyCodec, { group: 'g' });
  const refusal = expect.objectContaining({ code: 'CORRUPT_MESSAGE' });
  expect(() => decodeRecordKey(offsetCommitKeyCodec, bytes)).toThrow(refusal);
});
