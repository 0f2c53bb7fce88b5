import { progress } from './broker-rows.ts';
import { type BenchOptions, printSpread, runScript, spread } from './shared.ts';

type SlicingRun = {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly evictions: number;
  readonly appRecordsPerS: number;
};

const SCRIPT = 'scripts/bench/slicing-app.ts';
const RECORDS = 2_000_000;

/** What a foreign client feels while an app in the broker's own process catches up at full speed. */
export function benchSlicing(options: BenchOptions): void {
  const records = String(options.records ?? RECORDS);
  for (const mode of ['thread', 'embedded']) {
    const runs = Array.from({ length: options.rounds }, (_, round) => {
      progress(`slicing, ${mode}, round ${round + 1} of ${options.rounds}`);
      return runScript<SlicingRun>(SCRIPT, [mode, '--records', records]);
    });
    const show = (figure: keyof SlicingRun): string =>
      printSpread(spread(runs.map((run) => run[figure])), (value) => value.toFixed(1));
    const read = printSpread(spread(runs.map((run) => run.appRecordsPerS)), (value) => `${Math.round(value / 1000)} k`);
    process.stdout.write(
      `slicing, broker ${mode === 'thread' ? 'in its own thread' : "in the app's thread"}: foreign client, ms: ` +
        `p50 ${show('p50Ms')}, p99 ${show('p99Ms')}, max ${show('maxMs')}; evicted members ${show('evictions')}; ` +
        `the app reads ${read} records/s\n`,
    );
    if (options.json) process.stdout.write(`${JSON.stringify({ job: 'slicing', mode, runs })}\n`);
  }
}
