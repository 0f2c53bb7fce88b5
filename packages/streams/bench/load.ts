import type { Client } from '@millrace/client';
import { partitionForKey } from '@millrace/protocol';
import { Generator, keyOf, PROFILE_TIME_MS, profileOf, USERS } from './generator.ts';
import { LEFT_SEED, RIGHT_SEED } from './jobs.ts';

export const PARTITIONS = 4;

const RECORDS_PER_PAUSE = 1_000;
const encoder = new TextEncoder();

/** Kept for ever: event time lies years back, and retention would delete such records in minutes. */
export async function createTopic(client: Client, name: string): Promise<void> {
  await client.admin.createTopics([{ name, partitionCount: PARTITIONS, configs: { 'retention.ms': '-1' } }]);
}

/** Makes the input topics that are missing: left-COUNT, right-COUNT and users, a table of every key. */
export async function load(client: Client, count: number, spreadKeys: number | null = null): Promise<void> {
  const existing = new Set((await client.admin.listTopics()).map(({ name }) => name));
  if (!existing.has('users')) {
    await createTopic(client, 'users');
    await produce(client, 'users', USERS, (user) => [keyOf(user), profileOf(user), PROFILE_TIME_MS]);
  }
  for (const [side, seed] of [
    ['left', LEFT_SEED],
    ['right', RIGHT_SEED],
  ] as const) {
    const topic = `${side}-${count}`;
    if (existing.has(topic)) continue;
    await createTopic(client, topic);
    const generator = new Generator(seed, spreadKeys);
    await produce(client, topic, count, () => {
      generator.next();
      return [keyOf(generator.user), generator.value, generator.timeMs];
    });
  }
}

async function produce(
  client: Client,
  topic: string,
  count: number,
  record: (at: number) => readonly [key: string, value: string, timestamp: number],
): Promise<void> {
  await using producer = client.producer();
  for (let at = 0; at < count; at++) {
    const [key, value, timestamp] = record(at);
    const keyBytes = encoder.encode(key);
    producer.append(topic, partitionForKey(keyBytes, PARTITIONS), keyBytes, encoder.encode(value), timestamp);
    if (at % RECORDS_PER_PAUSE === 0) await producer.waitForRoom();
  }
  await producer.flush();
}
