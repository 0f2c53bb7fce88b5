import { JavaStreams, type StreamsRun } from './java-streams.ts';
import { type BenchOptions, hasKafka, machine, printSpread, runScript, spread, startKafka } from './shared.ts';

const SCRIPT = 'packages/streams/bench/streams-bench.ts';

// As the Java side has them: what each job reads, in records of its left topic.
const JOBS: Readonly<Record<string, number>> = {
  map: 2_000_000,
  count: 2_000_000,
  window: 1_000_000,
  'table-join': 1_000_000,
  'stream-join': 500_000,
};

/** The jobs of the streams family, alone on the embedded broker or in turn with Java Kafka Streams on Apache Kafka. */
export async function benchStreams(options: BenchOptions): Promise<void> {
  const jobs = options.job === null ? Object.keys(JOBS) : [options.job];
  process.stdout.write(`streams, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
  for (const job of jobs) {
    const records = options.records ?? JOBS[job] ?? 1_000_000;
    if (options.versus === 'kafka') await besideJava(job, records, options);
    else alone(job, records, options);
  }
}

function alone(job: string, records: number, options: BenchOptions): void {
  const runs = rounds(options, () => ours(job, records, null));
  report('millrace, embedded broker', job, runs, options);
}

async function besideJava(job: string, records: number, options: BenchOptions): Promise<void> {
  if (!hasKafka()) throw new Error('--vs kafka needs ../shared/kafka, java and mvn');
  const java = new JavaStreams();
  const kafka = await startKafka();
  try {
    java.load(kafka.bootstrap, records);
    const pairs = rounds(options, () => ({
      java: java.run(kafka.bootstrap, job, records),
      millrace: ours(job, records, kafka.bootstrap),
    }));
    report(
      'Kafka Streams (Java)',
      job,
      pairs.map((pair) => pair.java),
      options,
    );
    report(
      'millrace',
      job,
      pairs.map((pair) => pair.millrace),
      options,
    );
    const ratio = spread(pairs.map((pair) => perCpuSecond(pair.millrace) / perCpuSecond(pair.java)));
    const wall = spread(pairs.map((pair) => pair.millrace.ratePerS / pair.java.ratePerS));
    process.stdout.write(
      `${job}: ratio millrace / Java, records per CPU second: ${printSpread(ratio, (x) => x.toFixed(2))}\n`,
    );
    process.stdout.write(
      `${job}: ratio millrace / Java, records per second:     ${printSpread(wall, (x) => x.toFixed(2))}\n`,
    );
    if (options.json)
      process.stdout.write(`${JSON.stringify({ job, records, ratioPerCpuSecond: ratio, ratioPerSecond: wall })}\n`);
  } finally {
    kafka.stop();
  }
}

function ours(job: string, records: number, bootstrap: string | null): StreamsRun {
  const where = bootstrap === null ? [] : ['--bootstrap', bootstrap];
  return runScript<StreamsRun>(SCRIPT, ['--job', job, '--records', String(records), '--json', ...where]);
}

function rounds<T>(options: BenchOptions, run: () => T): T[] {
  return Array.from({ length: options.rounds }, run);
}

const perCpuSecond = (run: StreamsRun): number => run.records / run.cpuS;
const thousands = (value: number): string => `${Math.round(value / 1000)} k`;

function report(who: string, job: string, runs: readonly StreamsRun[], options: BenchOptions): void {
  for (const run of runs) {
    if (options.json) process.stdout.write(`${JSON.stringify({ who, ...run })}\n`);
    if (run.check !== 'ok') throw new Error(`${who}, ${job}: wrong output: ${run.check}`);
  }
  const rate = printSpread(spread(runs.map((run) => run.ratePerS)), thousands);
  const cpu = printSpread(spread(runs.map(perCpuSecond)), thousands);
  const memory = printSpread(spread(runs.map((run) => run.peakRssMiB)), (value) => String(Math.round(value)));
  process.stdout.write(`${job}, ${who}: records/s ${rate}; records per CPU second ${cpu}; peak RSS MiB ${memory}\n`);
}
