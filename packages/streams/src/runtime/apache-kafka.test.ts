import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type ApacheKafka,
  apacheKafkaMissing,
  startApacheKafka,
} from '../../../client/src/test-support/apache-kafka.ts';
import { Serdes } from '../serdes/serdes.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { COUNTS, LINES, wordCount } from './test-support/word-count.ts';

// The same code on Apache Kafka itself, where it and Java are at hand.

const missing = apacheKafkaMissing();
if (missing !== undefined) console.log(`skipping streams on Apache Kafka: ${missing}`);

describe.skipIf(missing !== undefined)('on Apache Kafka', () => {
  let cluster: TestCluster;
  let kafka: ApacheKafka;

  beforeAll(async () => {
    kafka = await startApacheKafka();
    cluster = await TestCluster.at(kafka.bootstrapServers);
  }, 120_000);

  afterAll(async () => {
    await cluster?.close();
    kafka?.stop();
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
      const expected = Object.entries(COUNTS).map(([word, count]) => [word, count * round]);
      await everyWordIsCountedOnce(cluster, Object.fromEntries(expected), 'once.words');
    }
  });

  test('exactly once: instances come and go in cooperative rounds, and each word is counted 1, 2, 3, …', {
    timeout: 90_000,
  }, async () => {
    await cluster.createTopics({ 'group.lines': 4, 'group.words': 1 });
    const expected: Record<string, number> = {};
    const running: KafkaStreams[] = [];
    try {
      for (const [round, step] of (
        ['start', 'start', 'start', 'close', 'start', 'close', 'close'] as const
      ).entries()) {
        if (step === 'close') void running.shift()!.close();
        else {
          const streams = new KafkaStreams(wordCount('group.'), {
            bootstrapServers: cluster.wire.bootstrapServers as string,
            applicationId: 'group',
            stateDir: join(cluster.folder, `group-${round}`),
            processingGuarantee: 'exactly_once_v2',
            stateStoreCacheMaxBytes: 0,
            heartbeatIntervalMs: 100,
          });
          running.push(streams);
          await streams.start();
          if (round === 0) await streams.waitFor('RUNNING');
        }
        // Records come while rounds are on.
        for (let batch = 0; batch < 5; batch++) {
          const words = Array.from({ length: 40 }, (_, at) => `w${(at * 7 + batch) % 11}`);
          for (const word of words) expected[word] = (expected[word] ?? 0) + 1;
          const lines = words.map((word, at): TextRecord => [`${round}-${batch}-${at}`, word, round * 1_000 + at]);
          await cluster.produce('group.lines', lines);
          await delay(60);
        }
      }
      await everyWordIsCountedOnce(cluster, expected, 'group.words');
    } finally {
      for (const streams of running) await streams.close();
    }
  });
});
