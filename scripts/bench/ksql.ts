import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { firstAnswers } from './ksql-start.ts';
import { type BenchOptions, machine, printSpread, runScript, type Spread, spread } from './shared.ts';

/** CPU time counts from the application or the statement: neither side's start of the process is in it. */
type Run = { readonly records: number; readonly ratePerS: number; readonly applicationCpuS: number };

const JOBS = ['map', 'count', 'window', 'table-join', 'stream-join'];
/** ksqlDB's default: caches are emptied at each commit, so both sides have to commit as often. */
const COMMIT_INTERVAL = 'commit.interval.ms=2000';

/** The streams jobs in SQL, in turn with the hand-written app, on one embedded broker that both find filled. */
export async function benchKsql(options: BenchOptions): Promise<void> {
  process.stdout.write(`ksql, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  try {
    await using broker = await Broker.start({ data: folder, thread: true });
    for (const job of options.job === null ? JOBS : JOBS.filter((each) => each === options.job)) {
      besideStreams(job, options.records ?? 500_000, broker.bootstrapServers, options);
    }
    const runs = (job: string): boolean => options.job === null || options.job === job;
    if (runs('queries')) queries(options.records ?? 500_000, broker.bootstrapServers, options);
    if (runs('lookup')) lookups(options);
    if (runs('statement')) statements(options);
    if (runs('start')) await starts(options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Statements = { readonly answeredMs: Spread; readonly firstRowMs: Spread; readonly memoryPerQueryMiB: number };

/** What one more simple query costs on an engine that runs. */
function statements(options: BenchOptions): void {
  const result = runScript<Statements>('packages/ksql/bench/engine-bench.ts', [], ['--expose-gc']);
  const ms = (value: number): string => `${Math.round(value)} ms`;
  process.stdout.write(
    `statement: answered after ${printSpread(result.answeredMs, ms)}, first row after ${printSpread(result.firstRowMs, ms)}; ` +
      `${result.memoryPerQueryMiB} MiB for one more query over the source\n`,
  );
  if (options.json) process.stdout.write(`${JSON.stringify({ job: 'statement', ...result })}\n`);
}

/** How many simple queries over one source run together. */
const QUERY_COUNTS = [1, 5, 20];

function queries(records: number, bootstrap: string, options: BenchOptions): void {
  const args = ['--bootstrap', bootstrap, '--records', String(records)];
  runScript('packages/streams/bench/streams-bench.ts', [...args, '--load-only']);
  for (const live of [false, true]) {
    for (const count of QUERY_COUNTS) {
      const result = runScript<{ readonly cpuUsPerRecordAndQuery: number; readonly rssGrowthMiB: number }>(
        'packages/ksql/bench/queries-bench.ts',
        [...args, '--queries', String(count), ...(live ? ['--live'] : [])],
        ['--expose-gc'],
      );
      process.stdout.write(
        `queries: ${count} over one source, ${live ? 'waiting for its records' : 'started on what it holds'}: ` +
          `${result.cpuUsPerRecordAndQuery.toFixed(2)} µs of CPU for each record and query, ${result.rssGrowthMiB} MiB\n`,
      );
      if (options.json) process.stdout.write(`${JSON.stringify({ job: 'queries', live, ...result })}\n`);
    }
  }
}

type Percentiles = { readonly p50Us: number; readonly p99Us: number };
type Lookups = Readonly<Record<'inProcess' | 'overHttp2' | 'overHttp1', Percentiles>>;

/** What a pull query by key takes. */
function lookups(options: BenchOptions): void {
  const result = runScript<Lookups>('packages/ksql/bench/lookup-bench.ts', []);
  const print = ({ p50Us, p99Us }: Percentiles): string => `p50 ${p50Us} µs, p99 ${p99Us} µs`;
  const { inProcess, overHttp2, overHttp1 } = result;
  process.stdout.write(
    `lookup: in process ${print(inProcess)}; HTTP/2 ${print(overHttp2)}; HTTP/1.1 ${print(overHttp1)}\n`,
  );
  if (options.json) process.stdout.write(`${JSON.stringify({ job: 'lookup', ...result })}\n`);
}

async function starts(options: BenchOptions): Promise<void> {
  const firstAnswerMs = await firstAnswers(options.rounds);
  const text = printSpread(firstAnswerMs, (value) => `${Math.round(value)} ms`);
  process.stdout.write(`start: packed server with embedded broker, to the first answered query: ${text}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify({ job: 'start', firstAnswerMs })}\n`);
}

function besideStreams(job: string, records: number, bootstrap: string, options: BenchOptions): void {
  const args = ['--bootstrap', bootstrap, '--job', job, '--records', String(records)];
  const pairs = Array.from({ length: options.rounds }, () => ({
    // First the app: it fills the input where that is missing.
    app: runScript<Run>('packages/streams/bench/streams-bench.ts', [...args, '--json', '--set', COMMIT_INTERVAL]),
    sql: runScript<Run>('packages/ksql/bench/ksql-bench.ts', args),
  }));
  for (const side of ['app', 'sql'] as const) {
    const cpu = printSpread(spread(pairs.map((pair) => perCpuSecond(pair[side]))), thousands);
    process.stdout.write(`${job}, ${side}: records per CPU second ${cpu}\n`);
  }
  const ratio = spread(pairs.map((pair) => perCpuSecond(pair.sql) / perCpuSecond(pair.app)));
  process.stdout.write(
    `${job}: ratio SQL / hand-written app, records per CPU second: ${printSpread(ratio, (x) => x.toFixed(2))}\n`,
  );
  if (options.json) process.stdout.write(`${JSON.stringify({ job, records, ratio, pairs })}\n`);
}

const perCpuSecond = ({ records, applicationCpuS }: Run): number => records / applicationCpuS;

const thousands = (value: number): string => `${Math.round(value / 1000)} k`;
