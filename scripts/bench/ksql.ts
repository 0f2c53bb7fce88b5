import { type BenchOptions, machine } from './shared.ts';

/** The SQL jobs; written once the streams jobs exist in SQL. */
export async function benchKsql(options: BenchOptions): Promise<void> {
  process.stdout.write(`ksql, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
}
