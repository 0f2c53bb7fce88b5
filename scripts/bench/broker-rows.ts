import type { Side } from './broker-sides.ts';
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
  run(side: Side, round: number): Promise<Figures> | Figures;
};

export type RowResult = {
  readonly job: string;
  readonly figures: Readonly<
    Record<string, { readonly kafka: Spread | null; readonly millrace: Spread; readonly ratio: Spread | null }>
  >;
};

/** Runs a row on the sides that there are, prints it, and answers what came out. */
export async function runRow(row: Row, sides: readonly Side[], options: BenchOptions): Promise<RowResult> {
  const runs = new Map<Side['name'], Figures[]>(sides.map(({ name }) => [name, []]));
  for (const side of sides) await row.prepare?.(side);
  for (let round = 0; round < options.rounds; round++) {
    const turn = round % 2 === 0 ? sides : [...sides].reverse();
    for (const side of turn) {
      progress(`${row.job}, round ${round + 1} of ${options.rounds}, ${side.name}`);
      runs.get(side.name)!.push(await row.run(side, round));
    }
  }
  const result = summary(row, runs.get('kafka') ?? null, runs.get('millrace')!);
  print(row, result);
  if (options.json) process.stdout.write(`${JSON.stringify({ ...result, runs: Object.fromEntries(runs) })}\n`);
  return result;
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
