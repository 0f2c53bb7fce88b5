import { ownProcessRows, partitionsRow } from './broker-footprint.ts';
import { benchRecovery } from './broker-recovery.ts';
import { type Row, runRow } from './broker-rows.ts';
import { prepareKafka, removeDir, type Side, startKafka, startMillrace } from './broker-sides.ts';
import { benchSlicing } from './broker-slicing.ts';
import { consumeRows, latencyRows, produceRows } from './broker-throughput.ts';
import { type BenchOptions, hasKafka, machine } from './shared.ts';

/**
 * The broker's rows: each runs by itself with `--job`, which takes every job whose name begins so. With `--vs kafka` both
 * brokers run in this one session and take turns, under the same Java tools.
 */
export async function benchBroker(options: BenchOptions): Promise<void> {
  const withKafka = options.versus === 'kafka';
  if (!hasKafka()) throw new Error("the broker's rows need ../shared/kafka, java and mvn: Kafka's tools are the load");
  process.stdout.write(`broker, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
  const { records } = options;
  const rows = [...produceRows(records), ...consumeRows(records), ...latencyRows(records), partitionsRow()];
  await runOnSides(rows.filter(isWanted(options)), withKafka, options);
  if (['start', 'memory'].some((job) => isWanted(options)({ job }))) await runInOwnProcesses(withKafka, options);
  if (isWanted(options)({ job: 'slicing' })) benchSlicing(options);
  if (isWanted(options)({ job: 'recovery' })) await benchRecovery(withKafka, options);
}

const isWanted =
  ({ job }: BenchOptions) =>
  (row: Pick<Row, 'job'>): boolean =>
    job === null || row.job.startsWith(job);

async function runOnSides(rows: readonly Row[], withKafka: boolean, options: BenchOptions): Promise<void> {
  if (rows.length === 0) return;
  const sides: Side[] = [];
  try {
    sides.push(await startMillrace());
    if (withKafka) sides.unshift(await startKafka(await prepareKafka()));
    for (const row of rows) await runRow(row, sides, options);
  } finally {
    for (const side of sides) {
      await side.stop();
      removeDir(side.dir);
    }
  }
}

async function runInOwnProcesses(withKafka: boolean, options: BenchOptions): Promise<void> {
  const { rows, sides, close } = await ownProcessRows(withKafka);
  try {
    for (const row of rows.filter(isWanted(options))) await runRow(row, sides, options);
  } finally {
    close();
  }
}
