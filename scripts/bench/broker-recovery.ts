import { Client } from '@millrace/client';
import { runProducer } from './broker-loads.ts';
import { progress, type Row, runRow } from './broker-rows.ts';
import { cpuSeconds, prepareKafka, removeDir, type Side, startKafka, startMillrace } from './broker-sides.ts';
import type { BenchOptions } from './shared.ts';

const TOPIC = 'recovery';
const RECORD_BYTES = 1000;
const RECORDS = 5_000_000;

/**
 * The time from a start after kill −9 until the broker tells where a log of 5 GB ends: all of that log has been found to
 * be whole by then. Each round kills and starts the same broker on the same folder.
 */
export async function benchRecovery(withKafka: boolean, options: BenchOptions): Promise<void> {
  const records = options.records ?? RECORDS;
  const running = new Map<Side['name'], Side>();
  try {
    running.set('millrace', await startMillrace());
    if (withKafka) running.set('kafka', await startKafka(await prepareKafka()));
    for (const side of running.values()) fill(side, records);
    await runRow(recoveryRow(running, records), [...running.values()], options);
  } finally {
    for (const side of running.values()) {
      await side.stop();
      removeDir(side.dir);
    }
  }
}

function fill(side: Side, records: number): void {
  progress(`recovery: writing ${Math.round((records * RECORD_BYTES) / 1e6)} MB to ${side.name}`);
  const properties = ['acks=all', 'batch.size=131072', 'linger.ms=5'];
  runProducer(side, { topic: TOPIC, records, recordBytes: RECORD_BYTES, rate: -1, properties });
}

function recoveryRow(running: Map<Side['name'], Side>, records: number): Row {
  const seconds = { unit: 's', better: 'less', digits: 2 } as const;
  return {
    job: 'recovery',
    figures: { 'until the end is known': seconds, CPU: seconds },
    async run({ name }) {
      const killed = running.get(name)!;
      process.kill(killed.pid, 'SIGKILL');
      await killed.stop();
      const begun = performance.now();
      const side = await (name === 'kafka' ? startKafka : startMillrace)(killed.dir);
      running.set(name, side);
      const found = await recordCount(side);
      if (found < records) throw new Error(`${name} has ${found} of ${records} acknowledged records after kill -9`);
      return { 'until the end is known': (performance.now() - begun) / 1000, CPU: cpuSeconds(side.pid) };
    },
  };
}

async function recordCount(side: Side): Promise<number> {
  await using client = new Client({ bootstrapServers: side.bootstrap, clientId: 'bench' });
  const [topic] = await client.admin.describeTopics([TOPIC]);
  const partitions = topic!.partitions.map(({ partition }) => ({ topic: TOPIC, partition }));
  const ends = await client.admin.listOffsets(partitions, 'latest');
  return ends.reduce((sum, { offset }) => sum + offset, 0);
}
