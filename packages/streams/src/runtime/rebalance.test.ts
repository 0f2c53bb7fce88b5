import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@millrace/base';
import { expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { wordCount } from './test-support/word-count.ts';

const ROUNDS = 8;
const LINES_PER_ROUND = 200;
const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

test('instances that come and go in order count every word exactly once', { timeout: 90_000 }, async () => {
  const cluster = await TestCluster.start('in process');
  await cluster.createTopics({ lines: 4, words: 1 });
  const random = seededRandom(3);
  const expected: Record<string, number> = {};
  const running: KafkaStreams[] = [];
  let instances = 0;
  const startOne = async (): Promise<void> => {
    const streams = new KafkaStreams(wordCount(), {
      ...cluster.wire,
      applicationId: 'app',
      stateDir: join(cluster.folder, `instance-${instances++}`),
      commitIntervalMs: 30,
      pollMs: 10,
      heartbeatIntervalMs: 50,
    } as KafkaStreamsOptions);
    await streams.start();
    running.push(streams);
  };
  try {
    await startOne();
    for (let round = 0; round < ROUNDS; round++) {
      if (running.length > 1 && random.int(2) === 0) await running.splice(random.int(running.length), 1)[0]!.close();
      else await startOne();
      const lines = Array.from({ length: LINES_PER_ROUND }, (_, at): TextRecord => {
        const word = WORDS[random.int(WORDS.length)]!;
        expected[word] = (expected[word] ?? 0) + 1;
        return [`${round}-${at}`, word, round * 1_000 + at];
      });
      await cluster.produce('lines', lines);
      await delay(random.int(120));
    }
    await eventually(async () => sameTable(await cluster.table('words', Serdes.long()), expected), 'all is counted');
    expect(running.map(({ state }) => state)).not.toContain('ERROR');
  } finally {
    for (const streams of running) await streams.close();
    await cluster.close();
  }
});
