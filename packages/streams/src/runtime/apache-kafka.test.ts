import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, textOf } from './test-support/cluster.ts';
import { COUNTS, LINES, wordCount } from './test-support/word-count.ts';

// The same code on Apache Kafka itself, where it and Java are at hand.

const WORD_COUNT = Object.values(COUNTS).reduce((sum, count) => sum + count, 0);
const KAFKA = join(import.meta.dirname, '../../../../../shared/kafka');

function hasKafka(): boolean {
  if (!existsSync(join(KAFKA, 'kafka-up'))) return false;
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'java')));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}

if (!hasKafka()) console.log('skipping streams on Apache Kafka: ../shared/kafka or java is missing');

describe.skipIf(!hasKafka())('on Apache Kafka', () => {
  let cluster: TestCluster;
  let folder = '';

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'millrace-kafka-'));
    // The controller listens a thousand ports further up.
    const port = 20_000 + ((await freePort()) % 10_000);
    const printed = execFileSync(join(KAFKA, 'kafka-up'), ['--port', String(port), '--dir', join(folder, 'kafka')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cluster = await TestCluster.at(/bootstrap=(\S+)/.exec(printed)![1]!);
  }, 120_000);

  afterAll(async () => {
    await cluster?.close();
    execFileSync(join(KAFKA, 'kafka-down'), [join(folder, 'kafka')], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('words are counted, and counting goes on after a restart without state', { timeout: 90_000 }, async () => {
    await cluster.createTopics({ lines: 2, words: 1 });
    await cluster.produce('lines', LINES);
    const start = async (stateDir: string): Promise<KafkaStreams> => {
      const streams = new KafkaStreams(wordCount(), {
        bootstrapServers: cluster.wire.bootstrapServers as string,
        applicationId: 'app',
        stateDir: join(cluster.folder, stateDir),
        commitIntervalMs: 100,
      });
      await streams.start();
      await streams.waitFor('RUNNING');
      return streams;
    };
    const counted = (expected: Readonly<Record<string, number>>): Promise<true> =>
      eventually(async () => sameTable(await cluster.table('words', Serdes.long()), expected), 'words are counted');

    const first = await start('one');
    await counted(COUNTS);
    await first.close();
    await using second = await start('two');
    await cluster.produce('lines', [['9', 'the fox', 9_000]]);
    await counted({ ...COUNTS, the: 4, fox: 2 });
    expect(await second.store<string, number>('counts').get('fox')).toBe(2);
  });

  test('exactly once: through restarts without state each word is counted 1, 2, 3, …', {
    timeout: 90_000,
  }, async () => {
    await cluster.createTopics({ 'once.lines': 2, 'once.words': 1 });
    for (let round = 1; round <= 3; round++) {
      await cluster.produce('once.lines', LINES);
      await using streams = new KafkaStreams(wordCount('once.'), {
        bootstrapServers: cluster.wire.bootstrapServers as string,
        applicationId: 'once',
        stateDir: join(cluster.folder, `once-${round}`),
        processingGuarantee: 'exactly_once_v2',
        stateStoreCacheMaxBytes: 0,
      });
      await streams.start();
      const updates = await eventually(async () => {
        const read = await cluster.read('once.words', Serdes.long(), 'read_committed');
        return read.length >= round * WORD_COUNT && read;
      }, 'every word is counted');
      for (const [word, count] of Object.entries(COUNTS)) {
        const counts = updates.filter(({ key }) => textOf(key) === word).map(({ value }) => value);
        expect(counts, word).toEqual(Array.from({ length: count * round }, (_, at) => at + 1));
      }
    }
  });
});
