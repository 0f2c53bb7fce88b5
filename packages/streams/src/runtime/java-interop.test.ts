import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { StreamsBuilder } from '../dsl/streams-builder.ts';
import { Serdes } from '../serdes/serdes.ts';
import type { Topology } from '../topology/topology.ts';
import { SessionWindows } from '../windows/session-windows.ts';
import { TimeWindows } from '../windows/time-windows.ts';
import { KafkaStreams } from './kafka-streams.ts';
import { eventually, TestCluster, type TextRecord } from './test-support/cluster.ts';

// One application, run by Java Kafka Streams and by Millrace in turn, each without state of its own: what the other one
// wrote to the changelogs, to the output topics and as committed offsets must be enough to go on from.

const JAVA_SOURCE = join(import.meta.dirname, '../../../../tests/java/StreamsInterop.java');
const WINDOW_MS = 60_000;
/** So long that the stores keep every window. */
const GRACE_MS = 3_600_000;
const run = promisify(execFile);

/** The jars that ../shared/kafka fetches; null where it never ran. */
function kafkaJars(): string | null {
  const cache = process.env.KAFKA_CACHE ?? join(homedir(), '.cache/kafka-anchor');
  const versions = existsSync(cache) ? readdirSync(cache).sort() : [];
  const complete = versions.filter((version) => existsSync(join(cache, version, 'complete')));
  return complete.length === 0 ? null : join(cache, complete.at(-1)!, '*');
}

function hasJava(): boolean {
  return (process.env.PATH ?? '').split(':').some((folder) => existsSync(join(folder, 'javac')));
}

const jars = kafkaJars();
const canRun = jars !== null && hasJava();
if (!canRun) console.log('skipping the exchange of state with Java: a JDK or the jars of ../shared/kafka are missing');

const FIRST: readonly TextRecord[] = [
  ['a', '1', 1_000],
  ['b', '2', 2_000],
  ['a', '3', 50_000],
  ['a', '4', 70_000],
];
const SECOND: readonly TextRecord[] = [
  ['a', '5', 71_000],
  ['b', '6', 80_000],
];

/** What both have in their stores behind all records; sessions of `b` are more than a gap apart. */
const ROWS = [
  'count a 4',
  'count b 2',
  'session a 1000 71000 4',
  'session b 2000 2000 1',
  'session b 80000 80000 1',
  'window a 0 2',
  'window a 60000 2',
  'window b 0 1',
  'window b 60000 1',
];

function topology(): Topology {
  const strings = Serdes.string();
  const longs = Serdes.long();
  const builder = new StreamsBuilder();
  const lines = builder.stream('lines', { key: strings, value: strings }).groupByKey({ key: strings, value: strings });
  lines.count({ as: 'counts', key: strings, value: longs }).toStream().to('totals', { key: strings, value: longs });
  lines
    .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW_MS, GRACE_MS))
    .count({ as: 'windows', key: strings, value: longs })
    .toStream()
    .to('windowed', { key: Serdes.timeWindowed(strings, WINDOW_MS), value: longs });
  lines
    .windowedBy(SessionWindows.ofInactivityGapAndGrace(WINDOW_MS, GRACE_MS))
    .count({ as: 'sessions', key: strings, value: longs });
  return builder.build();
}

/** Runs the application until it has counted so many records in all. */
async function runJava(cluster: TestCluster, stateDir: string, expected: number): Promise<string[]> {
  const bootstrap = String(cluster.wire.bootstrapServers);
  const state = join(cluster.folder, stateDir);
  const args = ['-Xmx256m', '-cp', jars!, JAVA_SOURCE, bootstrap, 'app', state, String(expected)];
  const { stdout } = await run('java', args, { timeout: 120_000 });
  return stdout.trim().split('\n');
}

async function runMillrace(cluster: TestCluster, stateDir: string, expected: number): Promise<string[]> {
  let restored = 0;
  await using streams = new KafkaStreams(topology(), {
    ...cluster.wire,
    applicationId: 'app',
    stateDir: join(cluster.folder, stateDir),
    commitIntervalMs: 100,
    restoreListener: { onRestoreEnd: (_changelog, _store, total) => (restored += total) },
  });
  await streams.start();
  await streams.waitFor('RUNNING');
  const counts = streams.store<string, number>('counts');
  const counted = async (): Promise<boolean> => {
    let sum = 0;
    for await (const [, count] of counts.all()) sum += count;
    return sum === expected;
  };
  await eventually(async () => streams.state === 'RUNNING' && (await counted()), 'all records are counted');
  const rows = [`restored ${restored}`];
  for await (const [key, count] of counts.all()) rows.push(`count ${key} ${count}`);
  for (const key of ['a', 'b']) {
    const windows = streams.store<string, number>('windows').fetchRange(key, 0, Number.MAX_SAFE_INTEGER - 1);
    for await (const [startMs, count] of windows) rows.push(`window ${key} ${startMs} ${count}`);
    for await (const [{ window }, count] of streams.store<string, number>('sessions').sessions(key)) {
      rows.push(`session ${key} ${window.startMs} ${window.endMs} ${count}`);
    }
  }
  return rows;
}

async function isGroupEmpty(cluster: TestCluster): Promise<boolean> {
  const [group] = await cluster.client.admin.describeGroups(['app']);
  return group?.state === 'Empty';
}

async function outputs(cluster: TestCluster): Promise<readonly string[]> {
  const longs = Serdes.long();
  const windowed = Serdes.timeWindowed(Serdes.string(), WINDOW_MS);
  const latest = new Map<string, number | null>();
  for (const { key, value } of await cluster.read('windowed', longs)) {
    const { key: name, window } = windowed.deserialize(key!, 'windowed');
    latest.set(`window ${name} ${window.startMs}`, value);
  }
  return [...latest].map(([name, value]) => `${name} ${value}`).sort();
}

describe.skipIf(!canRun)('with Java Kafka Streams', () => {
  const runners = { java: runJava, millrace: runMillrace };
  test.each([
    ['millrace', 'java'],
    ['java', 'millrace'],
  ] as const)('what %s counted, %s restores and goes on from', { timeout: 180_000 }, async (first, second) => {
    const cluster = await TestCluster.start('TCP');
    try {
      await cluster.createTopics({ lines: 2, totals: 1, windowed: 1 });
      await cluster.produce('lines', FIRST);
      await runners[first](cluster, first, FIRST.length);
      await eventually(async () => await isGroupEmpty(cluster), 'the first has left the group');
      await cluster.produce('lines', SECOND);
      const [restored, ...rows] = await runners[second](cluster, second, FIRST.length + SECOND.length);
      expect(restored).toMatch(/^restored [1-9]/);
      expect(rows.sort()).toEqual(ROWS);
      expect(await outputs(cluster)).toEqual(ROWS.filter((row) => row.startsWith('window')));
    } finally {
      await cluster.close();
    }
  });
});
