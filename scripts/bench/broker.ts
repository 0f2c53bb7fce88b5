import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BenchOptions,
  freePort,
  hasKafka,
  machine,
  printSpread,
  ROOT,
  runScript,
  SHARED,
  spread,
  startKafka,
} from './shared.ts';

const RECORDS = 1_000_000;
const RECORD_BYTES = 100;

/** The broker's job: produce a million records of 100 bytes with acks=all, by Kafka's own tool where Kafka is there. */
export async function benchBroker(options: BenchOptions): Promise<void> {
  const records = options.records ?? RECORDS;
  process.stdout.write(`broker, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
  if (options.versus !== 'kafka') {
    const runs = Array.from({ length: options.rounds }, () =>
      runScript<{ produce: { recordsPerS: number } }>('packages/client/bench/throughput.bench.ts', [
        '--records',
        String(records),
        '--json',
      ]),
    );
    process.stdout.write(
      `produce, our client: ${printSpread(spread(runs.map((run) => run.produce.recordsPerS)), thousands)} records/s\n`,
    );
    return;
  }
  if (!hasKafka()) throw new Error('--vs kafka needs ../shared/kafka, java and mvn');
  const kafka = await startKafka();
  const ours = await startOurs();
  try {
    const pairs = Array.from({ length: options.rounds }, (_, round) => ({
      kafka: produce(kafka.bootstrap, `produce-${round}`, records),
      millrace: produce(ours.bootstrap, `produce-${round}`, records),
    }));
    for (const who of ['kafka', 'millrace'] as const) {
      process.stdout.write(
        `produce, ${who}: ${printSpread(spread(pairs.map((pair) => pair[who])), thousands)} records/s\n`,
      );
    }
    const ratio = spread(pairs.map((pair) => pair.millrace / pair.kafka));
    process.stdout.write(`produce: ratio millrace / kafka ${printSpread(ratio, (x) => x.toFixed(2))}\n`);
    if (options.json) process.stdout.write(`${JSON.stringify({ job: 'produce', records, ratio, pairs })}\n`);
  } finally {
    ours.stop();
    kafka.stop();
  }
}

const thousands = (value: number): string => `${Math.round(value / 1000)} k`;

/** Kafka's ProducerPerformance; the figure is that of the last two thirds, the first third warms the JVM. */
function produce(bootstrap: string, topic: string, records: number): number {
  const load = [
    '--topic',
    topic,
    '--num-records',
    String(records),
    '--warmup-records',
    String(Math.floor(records / 3)),
  ];
  const size = ['--record-size', String(RECORD_BYTES), '--throughput', '-1'];
  const command = ['--command-property', 'acks=all', 'batch.size=131072', 'linger.ms=5'];
  const printed = execFileSync(
    join(SHARED, 'kafka/kafka-run'),
    ['ProducerPerformance', '--bootstrap-server', bootstrap, ...load, ...size, ...command],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const last = printed.trim().split('\n').at(-1) ?? '';
  return Number(/([\d.]+) records\/sec/.exec(last)?.[1]);
}

async function startOurs(): Promise<{ readonly bootstrap: string; stop(): void }> {
  const dir = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'packages/millrace/bin/millrace.js'),
      'broker',
      '--data',
      dir,
      '--port',
      String(port),
      '--set',
      'num.partitions=4',
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', (code) => reject(new Error(`the broker ended with ${code}`)));
  });
  return {
    bootstrap: `127.0.0.1:${port}`,
    stop() {
      child.removeAllListeners('exit');
      child.kill('SIGTERM');
      child.once('exit', () => rmSync(dir, { recursive: true, force: true }));
    },
  };
}
