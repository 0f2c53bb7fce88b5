import { BrokerError } from '../lib/broker-error.ts';

const NAME_LENGTH_MAX = 249;

export const OFFSETS_TOPIC = '__consumer_offsets';
export const TRANSACTIONS_TOPIC = '__transaction_state';
export const SHARE_STATE_TOPIC = '__share_group_state';

/** Topics that belong to the broker: clients may read them, not write them. */
export function isInternalTopic(name: string): boolean {
  return name === OFFSETS_TOPIC || name === TRANSACTIONS_TOPIC || name === SHARE_STATE_TOPIC;
}

/** @throws BrokerError `INVALID_TOPIC_EXCEPTION` for what Kafka takes for no name of a topic, in its words. */
export function checkTopicName(name: string): void {
  const refuse = (why: string): BrokerError =>
    new BrokerError('INVALID_TOPIC_EXCEPTION', `Topic name is invalid: ${why}`);
  if (name === '') throw refuse('the empty string is not allowed');
  if (name === '.' || name === '..') throw refuse("'.' or '..' is not allowed");
  if (name.length > NAME_LENGTH_MAX) {
    throw refuse(`the length of '${name}' is longer than the max allowed length ${NAME_LENGTH_MAX}`);
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(name)) {
    throw refuse(`'${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
  }
}

/** Names that differ only in `.` and `_` would share the name of their metrics. */
export function collidingName(name: string, existing: Iterable<string>): string | null {
  const plain = name.replaceAll('.', '_');
  for (const other of existing) if (other !== name && other.replaceAll('.', '_') === plain) return other;
  return null;
}
