import { join } from 'node:path';
import { expect, test } from 'vitest';
import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import type { ReadingForAll, Serde } from '../../serdes/serde.ts';
import { Serdes } from '../../serdes/serdes.ts';
import { continueOnError } from '../../task/handlers.ts';
import { KafkaStreams } from '../kafka-streams.ts';
import { eventually, TestCluster, type TextRecord } from '../test-support/cluster.ts';

const strings = Serdes.string();
const APPLICATIONS = 5;

/** Reads values as lists, refuses some, and counts what it reads and refuses. */
class CountingSerde implements Serde<readonly string[]> {
  readonly name = 'counting';
  readonly forAll?: () => ReadingForAll<readonly string[]>;
  readCount = 0;
  refusedCount = 0;

  constructor(sharedAs: string | null) {
    if (sharedAs !== null) this.forAll = () => ({ as: sharedAs, serde: this });
  }

  serialize([value]: readonly string[], topic: string): Uint8Array {
    return strings.serialize(value!, topic);
  }

  deserialize(bytes: Uint8Array, topic: string): readonly string[] {
    const value = strings.deserialize(bytes, topic);
    if (value.startsWith('bad')) {
      this.refusedCount++;
      throw new Error(value);
    }
    this.readCount++;
    return [value];
  }
}

/** An application that takes note of the very objects it is given. */
function reader(cluster: TestCluster, id: string, value: CountingSerde, seen: (readonly string[])[]): KafkaStreams {
  const builder = new StreamsBuilder();
  builder.stream('in', { key: strings, value }).foreach((_key, row) => seen.push(row as readonly string[]));
  return new KafkaStreams(builder.build(), {
    client: cluster.client,
    applicationId: id,
    stateDir: join(cluster.folder, 'state'),
    commitIntervalMs: 50,
    pollMs: 20,
    handlers: { deserialization: continueOnError },
  });
}

/** Applications of one client that wait for records when these come. */
async function run(serdes: readonly CountingSerde[], records: readonly TextRecord[]) {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ in: 1 });
  const seen = serdes.map((): (readonly string[])[] => []);
  const running = serdes.map((serde, at) => reader(cluster, `app-${at}`, serde, seen[at]!));
  for (const streams of running) await streams.start();
  for (const streams of running) await streams.waitFor('RUNNING');
  await cluster.produce('in', records);
  const good = records.filter(([, value]) => !value!.startsWith('bad'));
  await eventually(async () => seen.every((rows) => rows.length === good.length), 'all see all');
  for (const streams of running) await streams.close();
  await cluster.close();
  for (const rows of seen) expect(rows.map(([value]) => value)).toEqual(good.map(([, value]) => value));
  return seen;
}

const records = Array.from({ length: 2000 }, (_, at): TextRecord => ['key', `value ${at}`, at]);
const times = <T>(make: () => T): readonly T[] => Array.from({ length: APPLICATIONS }, make);

test('what several applications of a client read in the same way is read once, and all are given it', async () => {
  const serdes = times(() => new CountingSerde('as lists'));
  const seen = await run(serdes, records);
  expect(serdes.reduce((sum, { readCount }) => sum + readCount, 0)).toBe(records.length);
  for (const rows of seen) for (const [at, row] of rows.entries()) expect(row).toBe(seen[0]![at]);
});

test('serdes that say nothing, or something else, read for themselves', async () => {
  const serdes = [...times(() => new CountingSerde(null)), new CountingSerde('one way'), new CountingSerde('another')];
  await run(serdes, records);
  for (const { readCount } of serdes) expect(readCount).toBe(records.length);
});

test('what can not be read fails for each', async () => {
  const serdes = times(() => new CountingSerde('as lists'));
  await run(serdes, [
    ['key', 'good 1', 1],
    ['key', 'bad', 2],
    ['key', 'good 2', 3],
  ]);
  // The first tries for all, and then all for themselves.
  for (const { refusedCount } of serdes) expect(refusedCount).toBe(2);
});
