import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, cursorOver } from '@millrace/client';
import { KafkaStreams } from '@millrace/streams';
import { type Job, topologyOf } from '../../packages/streams/bench/jobs.ts';
import { createTopic, PARTITIONS } from '../../packages/streams/bench/load.ts';

const LIFE_MS = 400;
const PATIENCE_MS = 120_000;

/** A line of the results: what they are sorted by, and how they are written. */
type Line = { readonly partition: number; readonly key: string; readonly text: string };

/**
 * Runs a job of the benchmarks exactly once, without caches, and ended now and then with nothing left on disk; gives every
 * committed record of its output as the Java program `StreamsResults` prints them.
 */
export async function millraceResults(bootstrapServers: string, count: number, job: Job): Promise<string[]> {
  await using client = new Client({ bootstrapServers });
  const out = `millrace-results-of-${job}`;
  await createTopic(client, out);
  const inputs = job === 'stream-join' ? [`left-${count}`, `right-${count}`] : [`left-${count}`];
  const deadlineMs = performance.now() + PATIENCE_MS;
  while ((await committed(client, `millrace-results-${job}`, inputs)) < count * inputs.length) {
    if (performance.now() > deadlineMs) throw new Error(`${job} did not end in time`);
    await oneLife(bootstrapServers, count, job, out);
  }
  const lines = await linesOf(client, out);
  const byKey = (a: Line, b: Line): number => a.partition - b.partition || compare(a.key, b.key);
  // Results of a join come in the order in which its two sides were read.
  lines.sort(job.endsWith('join') ? (a, b) => byKey(a, b) || compare(a.text, b.text) : byKey);
  return lines.map(({ partition, key, text }) => `${job} ${partition} ${key} ${text}`);
}

async function oneLife(bootstrapServers: string, count: number, job: Job, out: string): Promise<void> {
  const stateDir = await mkdtemp(join(tmpdir(), 'millrace-results-'));
  const streams = new KafkaStreams(topologyOf(job, count, out, null), {
    bootstrapServers,
    applicationId: `millrace-results-${job}`,
    stateDir,
    processingGuarantee: 'exactly_once_v2',
    stateStoreCacheMaxBytes: 0,
    commitIntervalMs: 50,
  });
  await streams.start();
  await streams.waitFor('RUNNING');
  await delay(LIFE_MS);
  await streams.close();
  await rm(stateDir, { recursive: true, force: true });
}

async function committed(client: Client, group: string, inputs: readonly string[]): Promise<number> {
  const offsets = await client.admin.listGroupOffsets(group);
  return offsets.filter(({ topic }) => inputs.includes(topic)).reduce((sum, { offset }) => sum + offset, 0);
}

async function linesOf(client: Client, topic: string): Promise<Line[]> {
  const isolationLevel = 'read_committed';
  const places = Array.from({ length: PARTITIONS }, (_, partition) => ({ topic, partition }));
  const ends = await client.admin.listOffsets(places, 'latest', { isolationLevel });
  await using fetcher = client.fetcher({ isolationLevel });
  for (const { partition } of places) fetcher.assign(topic, partition, 0);
  const lines: Line[] = [];
  while (ends.some(({ partition, offset }) => fetcher.position(topic, partition)! < offset)) {
    for (const fetched of await fetcher.poll({ maxWaitMs: 100 })) {
      const cursor = cursorOver(fetched);
      while (cursor.next()) {
        const text = `${cursor.timestamp} ${printed(cursor.value())}`;
        lines.push({ partition: fetched.partition, key: printed(cursor.key()), text });
      }
    }
  }
  return lines;
}

/** Each byte a character, quoted where it is none that can be printed. */
function printed(bytes: Uint8Array | null): string {
  if (bytes === null) return 'null';
  return Array.from(bytes, (byte) =>
    byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  ).join('');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
