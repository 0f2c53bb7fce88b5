import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '@millrace/base';
import { expect, test } from 'vitest';
import { Serdes } from '../serdes/serdes.ts';
import type { KafkaStreamsOptions } from './config/options.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, sameTable, TestCluster, type TextRecord } from './test-support/cluster.ts';
import { everyWordIsCountedOnce } from './test-support/counted-once.ts';
import { wordCount } from './test-support/word-count.ts';

const APPLICATION = join(import.meta.dirname, 'test-support/word-count-process.ts');
/** More by `MILLRACE_TEST_KILLS=50 npm test -- packages/streams/src/runtime/kill.test.ts`. */
const KILLS = Number(process.env.MILLRACE_TEST_KILLS ?? 4);
const TIMEOUT_MS = 60_000 + KILLS * 30_000;
const LINES_PER_ROUND = 300;
const WORDS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'];

/** A killed member is missed only after its session, so each round waits for the group to notice. */
const RUNNING_WITHIN_MS = 30_000;

function startApplication(bootstrap: string, stateDir: string, guarantee: string): ChildProcess {
  const args = ['--disable-warning=ExperimentalWarning', APPLICATION, bootstrap, stateDir, guarantee];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function running(application: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(RUNNING_WITHIN_MS);
  await once(application.stdout!, 'data', { signal });
}

type Counts = Readonly<Record<string, number | null>>;

/** What the store of a running application holds, and what the fold of its changelog gives. */
async function storeAndChangelog(cluster: TestCluster, streams: KafkaStreams): Promise<readonly [Counts, Counts]> {
  const rows: Record<string, number> = {};
  for await (const [word, count] of streams.store<string, number>('counts').all()) rows[word] = count;
  return [rows, await cluster.table('app-counts-changelog', Serdes.long(), 'read_committed')];
}

/** Lines in rounds, and how often each word must have been counted in the end. */
class Lines {
  readonly expected = new Map<string, number>();
  readonly #random = seededRandom(7);

  round(number: number): TextRecord[] {
    return Array.from({ length: LINES_PER_ROUND }, (_, at) => {
      const words = [this.#word(), this.#word()];
      for (const word of words) this.expected.set(word, (this.expected.get(word) ?? 0) + 1);
      return [`${number}-${at}`, words.join(' '), number * 1_000 + at];
    });
  }

  pauseMs(most: number): number {
    return this.#random.int(most);
  }

  #word(): string {
    return WORDS[this.#random.int(WORDS.length)]!;
  }
}

type Guarantee = NonNullable<KafkaStreamsOptions['processingGuarantee']>;

/** Words are counted by processes that are killed in the middle; then `check` waits for the last one to catch up. */
async function killAgainAndAgain(
  guarantee: Guarantee,
  check: (cluster: TestCluster, expected: ReadonlyMap<string, number>) => Promise<void>,
): Promise<void> {
  const cluster = await TestCluster.start('TCP');
  const bootstrap = cluster.wire.bootstrapServers as string;
  const stateDir = join(cluster.folder, 'state');
  await cluster.createTopics({ lines: 2, words: 1 });
  const lines = new Lines();
  let application: ChildProcess | null = null;
  try {
    for (let kill = 0; kill <= KILLS; kill++) {
      application = startApplication(bootstrap, stateDir, guarantee);
      await running(application);
      const round = lines.round(kill);
      for (let at = 0; at < round.length; at += 50) {
        await cluster.produce('lines', round.slice(at, at + 50));
        await delay(lines.pauseMs(10));
      }
      if (kill === KILLS) break;
      await delay(lines.pauseMs(40));
      application.kill('SIGKILL');
      await once(application, 'exit');
    }
    await check(cluster, lines.expected);
    application!.kill('SIGKILL');
    await once(application!, 'exit');
    await using streams = new KafkaStreams(wordCount(), {
      bootstrapServers: bootstrap,
      applicationId: 'app',
      stateDir,
      processingGuarantee: guarantee,
    });
    await streams.start();
    await streams.waitFor('RUNNING');
    await eventually(async () => {
      const [rows, changelog] = await storeAndChangelog(cluster, streams);
      return sameTable(rows, changelog);
    }, 'the state is the fold of its changelog');
  } finally {
    application?.kill('SIGKILL');
    await cluster.close();
  }
}

test('an application that is killed again and again loses no update', { timeout: TIMEOUT_MS }, async () => {
  await killAgainAndAgain('at_least_once', async (cluster, expected) => {
    const counts = await eventually(async () => {
      const table = await cluster.table('words', Serdes.long());
      return [...expected].every(([word, count]) => (table[word] ?? 0) >= count) && table;
    }, 'every word has been counted at least as often as it was written');
    expect(Object.keys(counts).sort()).toEqual([...expected.keys()].sort());
  });
});

test('exactly once: through all kills each word is counted 1, 2, 3, …', { timeout: TIMEOUT_MS }, async () => {
  await killAgainAndAgain('exactly_once_v2', async (cluster, expected) => {
    await everyWordIsCountedOnce(cluster, Object.fromEntries(expected));
  });
});
