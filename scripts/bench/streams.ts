import { firstOutputs } from './first-output.ts';
import { JavaStreams, type StreamsRun, type TestDriverRun } from './java-streams.ts';
import { installedScript } from './packed.ts';
import { type BenchOptions, hasKafka, machine, printSpread, runScript, spread, startKafka } from './shared.ts';

const SCRIPT = 'packages/streams/bench/streams-bench.ts';

/** The jobs that the Java side has, too, each with what it reads, in records of its left topic. */
const APP_JOBS: Readonly<Record<string, number>> = {
  map: 2_000_000,
  count: 2_000_000,
  'count-eos': 2_000_000,
  window: 1_000_000,
  'table-join': 1_000_000,
  'stream-join': 500_000,
};

/** Topics are named by their size on both sides, so the count over a million keys reads one record more. */
const WIDE_RECORDS = 2_000_001;
const WIDE_KEYS = 1_000_000;

const TEST_DRIVER_RECORDS = 200_000;
const FIRST_OUTPUT_RECORDS = 10_000;

type Job = (options: BenchOptions) => Promise<void> | void;

const OTHER_JOBS: Readonly<Record<string, Job>> = {
  'count-1m': (options) => beside('count', options.records ?? WIDE_RECORDS, options, WIDE_KEYS),
  'test-driver': testDriver,
  'first-output': firstOutput,
};

/** The jobs of the streams family, alone on the embedded broker or in turn with Java Kafka Streams on Apache Kafka. */
export async function benchStreams(options: BenchOptions): Promise<void> {
  const jobs = options.job === null ? [...Object.keys(APP_JOBS), ...Object.keys(OTHER_JOBS)] : [options.job];
  process.stdout.write(`streams, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
  for (const job of jobs) {
    const other = OTHER_JOBS[job];
    if (other !== undefined) await other(options);
    else await beside(job, options.records ?? APP_JOBS[job] ?? 1_000_000, options, null);
  }
}

/** A job of ours, and with `--vs kafka` the same job in Java, in turn. */
async function beside(job: string, records: number, options: BenchOptions, keys: number | null): Promise<void> {
  const row = keys === null ? job : `${job} over ${keys} keys`;
  if (options.versus !== 'kafka') {
    report(
      'millrace, embedded broker',
      row,
      rounds(options, () => ours(job, records, null, keys)),
      options,
    );
    return;
  }
  const java = requireJava();
  const kafka = await startKafka();
  try {
    if (keys === null) java.load(kafka.bootstrap, records);
    else runScript(SCRIPT, [...argsOf(job, records, kafka.bootstrap, keys), '--load-only']);
    const pairs = rounds(options, () => ({
      java: java.run(kafka.bootstrap, job, records),
      millrace: ours(job, records, kafka.bootstrap, keys),
    }));
    report(
      'Kafka Streams (Java)',
      row,
      pairs.map((pair) => pair.java),
      options,
    );
    report(
      'millrace',
      row,
      pairs.map((pair) => pair.millrace),
      options,
    );
    const ratio = spread(pairs.map((pair) => perCpuSecond(pair.millrace) / perCpuSecond(pair.java)));
    const wall = spread(pairs.map((pair) => pair.millrace.ratePerS / pair.java.ratePerS));
    const memory = spread(pairs.map((pair) => pair.millrace.peakRssMiB / pair.java.peakRssMiB));
    reportRatio(row, 'records per CPU second', ratio);
    reportRatio(row, 'records per second', wall);
    reportRatio(row, 'peak memory', memory);
    if (options.json) print({ job: row, records, ratioPerCpuSecond: ratio, ratioPerSecond: wall, memory });
  } finally {
    kafka.stop();
  }
}

function testDriver(options: BenchOptions): void {
  const records = options.records ?? TEST_DRIVER_RECORDS;
  const script = 'packages/streams/bench/test-driver-bench.ts';
  const oursOnce = (): TestDriverRun => {
    const run = runScript<TestDriverRun & { readonly check: string }>(installedScript(script), [
      '--records',
      String(records),
    ]);
    if (run.check !== 'ok') throw new Error(`test-driver: wrong output: ${run.check}`);
    return run;
  };
  const java = options.versus === 'kafka' ? requireJava() : null;
  const pairs = rounds(options, () => ({ java: java?.testDriver(records) ?? null, millrace: oursOnce() }));
  for (const side of ['java', 'millrace'] as const) {
    const runs = pairs.flatMap((pair) => pair[side] ?? []);
    if (runs.length === 0) continue;
    if (options.json) for (const run of runs) print({ who: side, job: 'test-driver', ...run });
    const rate = printSpread(spread(runs.map((run) => run.ratePerS)), thousands);
    const memory = printSpread(spread(runs.map((run) => run.peakRssMiB)), whole);
    process.stdout.write(`test-driver, ${side}: records/s ${rate}; peak RSS MiB ${memory}\n`);
  }
  if (java === null) return;
  // The same work on both sides, so the ratio of CPU seconds is that of records per CPU second.
  const perCpu = spread(pairs.map((pair) => pair.java!.cpuS / pair.millrace.cpuS));
  reportRatio('test-driver', 'records per CPU second', perCpu);
  reportRatio('test-driver', 'records per second', spread(pairs.map((p) => p.millrace.ratePerS / p.java!.ratePerS)));
  reportRatio('test-driver', 'peak memory', spread(pairs.map((p) => p.millrace.peakRssMiB / p.java!.peakRssMiB)));
}

/** The start of an application, packed and with a warm compile cache, to its first output; with Java's for the same. */
async function firstOutput(options: BenchOptions): Promise<void> {
  const java = requireJava();
  const kafka = await startKafka();
  try {
    java.load(kafka.bootstrap, FIRST_OUTPUT_RECORDS);
    const millrace = await firstOutputs(kafka.bootstrap, `left-${FIRST_OUTPUT_RECORDS}`, options.rounds);
    process.stdout.write(`first-output, millrace: ms from process start ${printSpread(spread(millrace), whole)}\n`);
    if (options.versus !== 'kafka') return;
    const others = rounds(options, () => java.run(kafka.bootstrap, 'map', FIRST_OUTPUT_RECORDS).firstOutMs);
    process.stdout.write(`first-output, java: ms from process start ${printSpread(spread(others), whole)}\n`);
  } finally {
    kafka.stop();
  }
}

function requireJava(): JavaStreams {
  if (!hasKafka()) throw new Error('this needs ../shared/kafka, java and mvn');
  return new JavaStreams();
}

function argsOf(job: string, records: number, bootstrap: string | null, keys: number | null): string[] {
  const where = bootstrap === null ? [] : ['--bootstrap', bootstrap];
  const spreadKeys = keys === null ? [] : ['--spread-keys', String(keys)];
  return ['--job', job, '--records', String(records), '--json', ...where, ...spreadKeys];
}

function ours(job: string, records: number, bootstrap: string | null, keys: number | null): StreamsRun {
  return runScript<StreamsRun>(installedScript(SCRIPT), argsOf(job, records, bootstrap, keys));
}

function rounds<T>(options: BenchOptions, run: () => T): T[] {
  return Array.from({ length: options.rounds }, run);
}

const perCpuSecond = (run: StreamsRun): number => run.records / run.cpuS;
const thousands = (value: number): string => `${Math.round(value / 1000)} k`;
const whole = (value: number): string => String(Math.round(value));

function report(who: string, row: string, runs: readonly StreamsRun[], options: BenchOptions): void {
  for (const run of runs) {
    if (options.json) print({ who, ...run });
    if (run.check !== 'ok') throw new Error(`${who}, ${row}: wrong output: ${run.check}`);
  }
  const rate = printSpread(spread(runs.map((run) => run.ratePerS)), thousands);
  const cpu = printSpread(spread(runs.map(perCpuSecond)), thousands);
  const memory = printSpread(spread(runs.map((run) => run.peakRssMiB)), whole);
  process.stdout.write(`${row}, ${who}: records/s ${rate}; records per CPU second ${cpu}; peak RSS MiB ${memory}\n`);
}

function reportRatio(row: string, what: string, ratio: ReturnType<typeof spread>): void {
  process.stdout.write(`${row}: ratio millrace / Java, ${what}: ${printSpread(ratio, (x) => x.toFixed(2))}\n`);
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
