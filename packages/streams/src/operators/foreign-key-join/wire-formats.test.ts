import { expect, test } from 'vitest';
import { hash128 } from '../../lib/murmur3.ts';
import { Serdes } from '../../serdes/serdes.ts';
import { CombinedKeys } from './combined-key.ts';
import { type Subscription, subscriptionSerde } from './subscription.ts';
import { answerSerde, type SubscriptionAnswer } from './subscription-answer.ts';

// All bytes here were written by Kafka Streams 4.3.1 itself.

const string = Serdes.string();
const hash = hash128(new TextEncoder().encode('left'));

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}

test.each<[string, Subscription]>([
  [
    '0103a70eea2623bf0b9ae6da165b6c95d88f706b00000005',
    { hash, instruction: 'answer-if-found', primaryKey: 'pk', primaryPartition: 5 },
  ],
  ['8101706b00000000', { hash: null, instruction: 'delete-and-answer', primaryKey: 'pk', primaryPartition: 0 }],
  [
    '0002a70eea2623bf0b9ae6da165b6c95d88f706b',
    { hash, instruction: 'answer-always', primaryKey: 'pk', primaryPartition: null },
  ],
])('subscriptions are read and written as Kafka Streams does: %s', (hex, subscription) => {
  const serde = subscriptionSerde(string);
  expect(serde.serialize(subscription, 'topic')).toEqual(bytes(hex));
  expect(serde.deserialize(bytes(hex), 'topic')).toEqual(subscription);
});

test.each<[string, Omit<SubscriptionAnswer, 'primaryPartition'>]>([
  ['00a70eea2623bf0b9ae6da165b6c95d88f7269676874', { hash, foreignValue: 'right' }],
  ['00a70eea2623bf0b9ae6da165b6c95d88f', { hash, foreignValue: null }],
  ['80', { hash: null, foreignValue: null }],
])('answers are read and written as Kafka Streams does: %s', (hex, answer) => {
  const serde = answerSerde(string);
  expect(serde.serialize({ ...answer, primaryPartition: 3 }, 'topic')).toEqual(bytes(hex));
  expect(serde.deserialize(bytes(hex), 'topic')).toEqual({ ...answer, primaryPartition: null });
});

test('a message of a later version is refused, never guessed at', () => {
  expect(() => subscriptionSerde(string).deserialize(bytes('0203706b00000000'), 'topic')).toThrow(/version 2/);
  expect(() => answerSerde(string).deserialize(bytes('81'), 'topic')).toThrow(/version 1/);
});

test('subscriptions are kept under the length of the foreign key, the foreign key and the primary key', () => {
  const keys = new CombinedKeys(string, string);
  expect(keys.of('fk', 'pk', 'topic')).toEqual(bytes('00000002666b706b'));
  expect(keys.prefixOf('fk', 'topic')).toEqual(bytes('00000002666b'));
});
