import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Broker } from '@millrace/broker';
import { expect, test } from 'vitest';
import { KafkaStreams } from './kafka-streams.ts';
import { TestCluster, type TextRecord } from './test-support/cluster.ts';
import { everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { wordCount } from './test-support/word-count.ts';

const RESTARTS = 3;

test('exactly once through restarts of the broker: each word is counted 1, 2, 3, …', { timeout: 90_000 }, async () => {
  const data = await mkdtemp(join(tmpdir(), 'millrace-broker-restart-'));
  const config = { 'group.initial.rebalance.delay.ms': '0', 'group.min.session.timeout.ms': '100' };
  let broker = await Broker.start({ data, config });
  const { port } = broker;
  const cluster = await TestCluster.at(broker.bootstrapServers);
  const streams = new KafkaStreams(wordCount(), {
    bootstrapServers: broker.bootstrapServers,
    applicationId: 'app',
    stateDir: join(cluster.folder, 'state'),
    processingGuarantee: 'exactly_once_v2',
    stateStoreCacheMaxBytes: 0,
    commitIntervalMs: 20,
    pollMs: 10,
    retryBackoffMaxMs: 100,
  });
  try {
    await cluster.createTopics({ lines: 2, words: 1 });
    await streams.start();
    const expected: Record<string, number> = {};
    for (let round = 0; round <= RESTARTS; round++) {
      const lines = Array.from({ length: 300 }, (_, at): TextRecord => {
        const word = `w${(at * 3 + round) % 17}`;
        expected[word] = (expected[word] ?? 0) + 1;
        return [`${round}-${at}`, word, round * 1_000 + at];
      });
      await cluster.produce('lines', lines);
      if (round === RESTARTS) break;
      await delay((round % 7) * 12);
      await broker.close();
      await delay(50);
      broker = await Broker.start({ data, port, config });
    }
    await everyWordIsCountedOnce(cluster, expected);
    expect(streams.failure).toBe(null);
  } finally {
    await streams.close();
    await cluster.close();
    await broker.close();
    await rm(data, { recursive: true, force: true });
  }
});
