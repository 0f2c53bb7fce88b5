import { assert } from '@millrace/base';
import type { Side } from './broker-sides.ts';
import { watchOtherPrograms } from './other-programs.ts';
import { type BenchOptions, printSpread, type Spread, spread } from './shared.ts';

/** A figure of one run of one side, under its name. */
export type Figures = Readonly<Record<string, number>>;

/** How a figure is shown, and which end of it is the good one. */
export type Figure = { readonly unit: string; readonly better: 'more' | 'less'; readonly digits?: number };

/** One job of the table. Both sides run it in turn, and the one that begins changes from round to round. */
export type Row = {
  readonly job: string;
  readonly figures: Readonly<Record<string, Figure>>;
  /** Once on each side, before the rounds. */
  prepare?(side: Side): Promise<void> | void;
  /** The number is another one for each run of a side. */
  run(side: Side, number: number): Promise<Figures> | Figures;
};

/** A run beside which other programs took more CPUs than this is made again, as often as it may. */
const OTHERS_CPUS_MAX = 0.3;
const RUN_ATTEMPTS = 4;

export type RowResult = {
  readonly job: string;
  readonly figures: Readonly<
    Record<string, { readonly kafka: Spread | null; readonly millrace: Spread; readonly ratio: Spread | null }>
  >;
};

/** Runs a row on the sides that there are, prints it, and answers what came out. */
export async function runRow(row: Row, sides: readonly Side[], options: BenchOptions): Promise<RowResult> {
  const runs = new Map<Side['name'], Figures[]>(sides.map(({ name }) => [name, []]));
  let othersCpus = 0;
  for (const side of sides) await row.prepare?.(side);
  for (let round = 0; round < options.rounds; round++) {
    const turn = round % 2 === 0 ? sides : [...sides].reverse();
    for (const side of turn) {
      progress(`${row.job}, round ${round + 1} of ${options.rounds}, ${side.name}`);
      const run = await runUndisturbed(row, side, round);
      othersCpus = Math.max(othersCpus, run.othersCpus);
      runs.get(side.name)!.push(run.figures);
    }
  }
  const result = summary(row, runs.get('kafka') ?? null, runs.get('millrace')!);
  print(row, result);
  if (othersCpus > OTHERS_CPUS_MAX) {
    process.stdout.write(`${row.job}: other programs took up to ${othersCpus.toFixed(1)} CPUs beside a run\n`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify({ ...result, runs: Object.fromEntries(runs) })}\n`);
  return result;
}

/** The run that others disturbed least, of as many as it took. */
async function runUndisturbed(
  row: Row,
  side: Side,
  round: number,
): Promise<{ readonly figures: Figures; readonly othersCpus: number }> {
  let best: { readonly figures: Figures; readonly othersCpus: number } | null = null;
  for (let attempt = 0; attempt < RUN_ATTEMPTS; attempt++) {
    const others = watchOtherPrograms();
    const figures = await row.run(side, round * RUN_ATTEMPTS + attempt);
    const othersCpus = others();
    if (best === null || othersCpus < best.othersCpus) best = { figures, othersCpus };
    if (othersCpus <= OTHERS_CPUS_MAX) break;
    progress(`other programs took ${othersCpus.toFixed(1)} CPUs beside it`);
  }
  assert(best !== null, 'a row runs at least once');
  return best;
}

function summary(row: Row, kafka: readonly Figures[] | null, millrace: readonly Figures[]): RowResult {
  const figures = Object.keys(row.figures).map((name) => {
    const ours = millrace.map((run) => run[name]!);
    const theirs = kafka?.map((run) => run[name]!) ?? null;
    const ratio = theirs === null ? null : spread(ours.map((value, round) => value / theirs[round]!));
    return [name, { kafka: theirs === null ? null : spread(theirs), millrace: spread(ours), ratio }] as const;
  });
  return { job: row.job, figures: Object.fromEntries(figures) };
}

function print(row: Row, result: RowResult): void {
  for (const [name, { unit, better, digits = 0 }] of Object.entries(row.figures)) {
    const { kafka, millrace, ratio } = result.figures[name]!;
    const show = (value: number): string => grouped(value, digits);
    const ours = `millrace ${printSpread(millrace, show)}`;
    const both = kafka === null ? ours : `kafka ${printSpread(kafka, show)}, ${ours}`;
    const compared =
      ratio === null ? '' : `; ratio ${printSpread(ratio, (value) => value.toFixed(2))} (${better} is better)`;
    process.stdout.write(`${row.job}: ${name}, ${unit}: ${both}${compared}\n`);
  }
}

function grouped(value: number, digits: number): string {
  if (value >= 10_000) return `${Math.round(value / 1000)} k`;
  return value.toFixed(digits);
}

export function progress(text: string): void {
  process.stderr.write(`  ${text}\n`);
}
