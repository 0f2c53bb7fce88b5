import { killRound } from '../tests/kill-torture/kill-rounds.ts';
import { watchRounds } from '../tests/protocol-fuzz/watch-rounds.ts';
import type { Result } from '../tests/simulation/simulate.ts';
import { watchSeeds } from '../tests/simulation/watch-seeds.ts';

/** Kills of one data folder. */
const KILLS_PER_ROUND = 25;
const STORY_LINES_SHOWN = 60;
/** After so many seeds a new thread gives back what the last one held. */
const SEEDS_PER_THREAD = 10;
const FAILURES_MAX = 20;

/** Which part of the time each gets. */
const SHARES = { simulation: 0.5, kill: 0.3, fuzz: 0.2 } as const;

export type TortureKind = keyof typeof SHARES;

export type TortureOptions = {
  readonly minutes: number;
  readonly seed: number;
  readonly only: TortureKind | undefined;
  /** How many, instead of as many as there is time for. */
  readonly seeds: number | undefined;
  readonly kills: number | undefined;
  readonly frames: number | undefined;
  /** Default: both in turns. */
  readonly flush: 'os' | 'always' | undefined;
  readonly port: number;
  readonly withStory: boolean;
  readonly say: (line: string) => void;
};

export type TortureReport = {
  readonly kind: TortureKind;
  readonly text: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly failures: readonly { readonly what: string; readonly again: string }[];
  readonly seconds: number;
};

type Failure = TortureReport['failures'][number];

/** Runs what is asked for, one kind after the other. */
export async function runCampaign(options: TortureOptions): Promise<readonly TortureReport[]> {
  const kinds = options.only === undefined ? (['simulation', 'kill', 'fuzz'] as const) : [options.only];
  const reports: TortureReport[] = [];
  for (const kind of kinds) {
    const share = options.only === undefined ? SHARES[kind] : 1;
    const startMs = performance.now();
    const isOver = (): boolean => performance.now() - startMs > options.minutes * 60_000 * share;
    const { text, counts, failures } = await RUNNERS[kind](options, isOver);
    const seconds = (performance.now() - startMs) / 1000;
    reports.push({ kind, text, counts, failures: failures.slice(0, FAILURES_MAX), seconds });
  }
  return reports;
}

type Runner = (
  options: TortureOptions,
  isOver: () => boolean,
) => Promise<Pick<TortureReport, 'text' | 'counts' | 'failures'>>;

const RUNNERS: Readonly<Record<TortureKind, Runner>> = { simulation: runSeeds, kill: runKills, fuzz: runFrames };

async function runSeeds(options: TortureOptions, isOver: () => boolean) {
  const failures: Failure[] = [];
  const counts = new Map<string, number>();
  let seeds = 0;
  const { flush } = options;
  const note = (seed: number, result: Result | Error): void => {
    seeds += 1;
    if (!(result instanceof Error)) addCounts(counts, result);
    const violations = result instanceof Error ? [String(result.stack)] : result.violations;
    if (violations.length === 0) return;
    const story = result instanceof Error ? [] : result.story.slice(options.withStory ? 0 : -STORY_LINES_SHOWN);
    const what = [`seed ${seed}`, ...violations.slice(0, 5), '', ...story].join('\n  ');
    const again = `npm run torture -- --only simulation --seed ${seed} --seeds 1 --story`;
    failures.push({ what, again: flush === undefined ? again : `${again} --flush ${flush}` });
    options.say(`simulation: seed ${seed} fails: ${violations[0]}`);
  };
  const goesOn = (): boolean => (options.seeds === undefined ? !isOver() : seeds < options.seeds);
  while (goesOn()) {
    const count = Math.min(SEEDS_PER_THREAD, (options.seeds ?? Number.POSITIVE_INFINITY) - seeds);
    const before = seeds;
    await watchSeeds(options.seed + seeds, count, flush === undefined ? {} : { flush }, note);
    options.say(`simulation: ${seeds} seeds, ${failures.length} failures`);
    // A thread that ended without a word must not be tried for ever.
    if (seeds === before) break;
  }
  const text =
    `${seeds} seeds, ${counts.get('events') ?? 0} events in ${counts.get('simulated seconds') ?? 0} simulated seconds, ` +
    `${counts.get('broker starts') ?? 0} ends of a broker, ${counts.get('acked') ?? 0} records acknowledged`;
  return { text, counts: Object.fromEntries(counts), failures };
}

function addCounts(counts: Map<string, number>, result: Result): void {
  for (const [name, count] of result.counts) add(counts, name, count);
  add(counts, 'events', result.events);
  add(counts, 'simulated seconds', Math.round(result.simulatedMs / 1000));
  add(counts, 'broker starts', result.brokerDeaths);
}

async function runKills(options: TortureOptions, isOver: () => boolean) {
  const failures: Failure[] = [];
  const counts = new Map<string, number>();
  let kills = 0;
  const goesOn = (): boolean => (options.kills === undefined ? !isOver() : kills < options.kills);
  for (let round = 0; goesOn(); round++) {
    const seed = options.seed + round;
    const flush = options.flush ?? (round % 2 === 0 ? 'os' : 'always');
    const wanted = Math.min(KILLS_PER_ROUND, (options.kills ?? Number.POSITIVE_INFINITY) - kills);
    const result = await killRound({ seed, kills: wanted, flush, port: options.port });
    kills += wanted;
    for (const [name, count] of result.counts) add(counts, name, count);
    options.say(`kill: ${kills} kills, ${failures.length} failures`);
    if (result.violations.length === 0) continue;
    const what = [...result.violations.slice(0, 5), '', ...result.story.slice(-STORY_LINES_SHOWN)].join('\n  ');
    failures.push({
      what,
      again: `npm run torture -- --only kill --seed ${seed} --kills ${KILLS_PER_ROUND} --flush ${flush}`,
    });
  }
  const text = `${kills} kills, ${counts.get('acked') ?? 0} records acknowledged, ${
    counts.get('committed transactions') ?? 0
  } transactions committed`;
  return { text, counts: Object.fromEntries(counts), failures };
}

async function runFrames(options: TortureOptions, isOver: () => boolean) {
  const { frames = Number.POSITIVE_INFINITY, seed } = options;
  const total = await watchRounds({
    frames,
    seed,
    ...(options.frames === undefined ? { isOver } : {}),
    onRound: (sum) => options.say(`fuzz: ${sum.frames} frames, ${sum.findings.length} failures, ${sum.rssMib} MiB`),
  });
  const failures = total.findings.map((what) => {
    const failed = /^seed (\d+)/.exec(what)?.[1] ?? String(seed);
    return { what, again: `npm run fuzz -- protocol --seed ${failed} --frames 50000` };
  });
  const { connections, answeredBytes, rssMib } = total;
  const text = `${total.frames} frames on ${connections} connections, peak memory ${rssMib} MiB`;
  return { text, counts: { frames: total.frames, connections, answeredBytes, rssMib }, failures };
}

function add(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
