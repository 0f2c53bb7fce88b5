import { silentLogger, systemClock } from '@millrace/base';
import { Broker } from '@millrace/broker';
import { Client } from '@millrace/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Command } from './command.ts';
import { CommandLog } from './command-log.ts';
import { RecordWriter } from './record-writer.ts';

const TOPIC = '_confluent-ksql-test_command_topic';

let broker: Broker;
let client: Client;
let writer: RecordWriter;

beforeEach(async () => {
  broker = await Broker.start({ port: -1, local: { freeze: true, codecCheck: true } });
  client = new Client({ dial: () => broker.connect() });
  writer = new RecordWriter({ client, clock: systemClock, timeoutMs: 5_000 });
});

afterEach(async () => {
  await writer.close();
  await client.close();
  await broker.close();
});

/** An engine whose whole state is the list of statements that it applied. */
async function open(topic = TOPIC) {
  const applied: string[] = [];
  const log = await CommandLog.open({
    client,
    topic,
    clock: systemClock,
    logger: silentLogger,
    writer,
    apply: (command) => applied.push(command.statement),
  });
  return { applied, log };
}

function command(statement: string, position: number): Command {
  const action = { kind: 'control', control: 'PAUSE', queryId: statement } as const;
  return { id: `pause/${statement}/execute`, position, statement, overrides: {}, config: {}, action };
}

test('a command is applied when it is read back, before append resolves', async () => {
  const { applied, log } = await open();
  const count = await log.append(async (position) => command('first', position));
  expect(count).toBe(1);
  expect(applied).toEqual(['first']);
  await log.close();
});

test('what a decision refuses leaves no trace', async () => {
  const { applied, log } = await open();
  const refused = log.append(() => Promise.reject(new Error('no such stream')));
  await expect(refused).rejects.toThrow('no such stream');
  expect(await log.append(async () => null)).toBeNull();
  await log.append(async (position) => command(`at ${position}`, position));
  expect(applied).toEqual(['at 0']);
  await log.close();
});

test('a later engine replays the log in its order', async () => {
  const first = await open();
  for (const name of ['a', 'b', 'c']) await first.log.append(async (position) => command(name, position));
  await first.log.close();
  const second = await open();
  expect(second.applied).toEqual(['a', 'b', 'c']);
  await second.log.close();
});

test('engines that write at the same moment agree on one order, and lose and repeat nothing', async () => {
  const engines = [await open(), await open(), await open()];
  const writes = engines.flatMap(({ log }, engine) =>
    Array.from({ length: 5 }, (_, n) => log.append(async (position) => command(`${engine}.${n}`, position))),
  );
  await Promise.all(writes);
  const after = await open();
  expect(after.applied).toHaveLength(15);
  expect(new Set(after.applied).size).toBe(15);
  // Whoever decides once more has read all that the others wrote.
  for (const { applied, log } of engines) {
    await log.append(async () => null);
    expect(applied).toEqual(after.applied);
    await log.close();
  }
  await after.log.close();
});

test('a decision is made knowing all that others wrote before', async () => {
  const [one, two] = [await open(), await open()];
  await one.log.append(async (position) => command('by one', position));
  await two.log.append(async (position) => command(`after ${two.applied.join()}`, position));
  expect(two.applied).toEqual(['by one', 'after by one']);
  await Promise.all([one.log.close(), two.log.close()]);
});

test('a topic with several partitions has no one order and is refused', async () => {
  await client.admin.createTopics([{ name: TOPIC, partitionCount: 2 }]);
  await expect(open()).rejects.toMatchObject({ code: 'COMMAND_TOPIC_INVALID' });
});

test('after closing, statements are refused and nobody waits', async () => {
  const { log } = await open();
  await log.close();
  await log.close();
  await expect(log.append(async (position) => command('late', position))).rejects.toMatchObject({ code: 'CLOSED' });
});
