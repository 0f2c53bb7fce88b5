import { type BenchOptions, machine, printSpread, runScript, spread } from './shared.ts';

type Side = { readonly recordsPerS: number };
type ThroughputRun = Readonly<Record<'produce' | 'consume' | 'passThrough', Side>>;

/** Produce, consume and pass through a million records of 100 bytes by our client, on a broker of its own. */
export async function benchClient(options: BenchOptions): Promise<void> {
  process.stdout.write(`client, ${machine()}, ${options.rounds} rounds, min / median / max\n`);
  const args = ['--records', String(options.records ?? 1_000_000), '--json'];
  const runs = Array.from({ length: options.rounds }, () =>
    runScript<ThroughputRun>('packages/client/bench/throughput.bench.ts', args),
  );
  for (const job of ['produce', 'consume', 'passThrough'] as const) {
    const rates = spread(runs.map((run) => run[job].recordsPerS));
    process.stdout.write(`${job}: ${printSpread(rates, (value) => `${Math.round(value / 1000)} k`)} records/s\n`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(runs)}\n`);
}
