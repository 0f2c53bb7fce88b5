import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { systemRandom } from '@millrace/base';
import { MetadataRequestDefaults, RecordCursor, ZERO_UUID } from '@millrace/protocol';
import { expect, test } from 'vitest';
import { fetchRequest } from './testing/requests.ts';
import { testBatch } from './testing/test-log.ts';
import { Wire } from './testing/wire.ts';

const KILLS = 20;
const RUN_MS_MAX = 400;
const PRODUCERS = 3;
const TOPIC = 'survivors';
const MAIN = new URL('./main.ts', import.meta.url).href;
const START = `import { runBroker } from '${MAIN}'; process.exitCode = await runBroker(process.argv.slice(1), process.env);`;

type Running = { readonly child: ChildProcess; readonly port: number };

function startBroker(folder: string): Promise<Running> {
  const args = ['--input-type=module', '-e', START, '--', '--data', folder, '--port', '0', '--json'];
  // Small segments, so that some kills come while one is being closed.
  const child = spawn(process.execPath, [...args, '--set', 'log.segment.bytes=20000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the broker ended with ${code}`)));
    child.stdout!.once('data', (line: Buffer) => {
      const { bootstrapServers } = JSON.parse(line.toString()) as { bootstrapServers: string };
      resolve({ child, port: Number(bootstrapServers.split(':')[1]) });
    });
  });
}

/** Produces until the connection breaks, each record with a number that is its own; notes what was acknowledged. */
async function produceUntilCut(port: number, acknowledged: Map<string, number>, prefix: string): Promise<void> {
  const wire = await Wire.connect(port).catch(() => null);
  if (wire === null) return;
  for (let serial = 0; ; serial++) {
    const values = Array.from({ length: 1 + (serial % 5) }, (_, index) => `${prefix}-${serial}-${index}`);
    const records = testBatch(values.map((value) => ({ value, timestamp: Date.now() })));
    const answer = await wire.send('Produce', 9, {
      transactionalId: null,
      acks: -1,
      timeoutMs: 1000,
      topicData: [{ name: TOPIC, topicId: ZERO_UUID, partitionData: [{ index: 0, records }] }],
    });
    if (answer === null) return;
    const { errorCode, baseOffset } = answer.responses[0]!.partitionResponses[0]!;
    expect(errorCode).toBe(0);
    values.forEach((value, index) => {
      acknowledged.set(value, baseOffset + index);
    });
  }
}

async function readAll(port: number): Promise<Map<string, number>> {
  const wire = await Wire.connect(port);
  const seen = new Map<string, number>();
  let offset = 0;
  for (;;) {
    const answer = await wire.send('Fetch', 11, fetchRequest(TOPIC, 0, offset));
    const { records, highWatermark, errorCode } = answer!.responses[0]!.partitions[0]!;
    expect(errorCode).toBe(0);
    const cursor = new RecordCursor(records!, { fromOffset: offset, checkCrcs: true });
    while (cursor.next()) {
      // Offsets are dense: each is the one after the last.
      expect(cursor.offset).toBe(offset);
      seen.set(Buffer.from(cursor.value()!).toString(), cursor.offset);
      offset += 1;
    }
    if (offset === highWatermark) break;
  }
  wire.destroy();
  return seen;
}

test('what was acknowledged is there after the broker was killed, twenty times at any moment', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'millrace-kill-'));
  const acknowledged = new Map<string, number>();
  let running = await startBroker(folder);
  try {
    const wire = await Wire.connect(running.port);
    await wire.send('Metadata', 9, { ...MetadataRequestDefaults, topics: [{ topicId: ZERO_UUID, name: TOPIC }] });
    wire.destroy();
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, port } = running;
      const producing = Array.from({ length: PRODUCERS }, (_, producer) =>
        produceUntilCut(port, acknowledged, `${kill}-${producer}`),
      );
      await new Promise((resolve) => setTimeout(resolve, systemRandom.int(RUN_MS_MAX)));
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await exited;
      await Promise.all(producing);
      running = await startBroker(folder);
      const seen = await readAll(running.port);
      const lost = [...acknowledged].filter(([value, offset]) => seen.get(value) !== offset);
      expect(lost).toEqual([]);
    }
    // A run in which nothing was ever acknowledged would prove nothing.
    expect(acknowledged.size).toBeGreaterThan(KILLS);
  } finally {
    running.child.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
