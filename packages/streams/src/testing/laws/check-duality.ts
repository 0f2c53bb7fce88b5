import { illegalArgument } from '../../errors.ts';
import type { Topology } from '../../topology/topology.ts';
import { ALL_LAWS } from './all-laws.ts';
import { historyOf, type RecordOptions } from './arbitraries.ts';
import { DualityError } from './duality-error.ts';
import type { History } from './history.ts';
import type { Breach, Law, LawName, Subject } from './law.ts';
import { loadFastCheck } from './load-fast-check.ts';
import { TopologyModel } from './model.ts';
import type { DualityReport, LawReport } from './report.ts';
import { reproductionOf } from './reproduction.ts';
import type { Faults } from './simulated-task.ts';
import { Trial } from './trial.ts';
import { factsOf } from './user-function-facts.ts';

export type DualityOptions = RecordOptions & {
  /** Histories to try. Default: 100. */
  readonly runs?: number;
  /** Of a failure, to see it again. Default: a new one each time. */
  readonly seed?: number;
  /** Only these laws. Default: all. */
  readonly laws?: readonly LawName[];
  /**
   * Laws that must hold even where it is not known that your functions allow it: that aggregators do not depend on the
   * order of records (`interleaving`, `cache`, `aggregate`), that processors keep all state in stores (`restart`).
   */
  readonly require?: readonly LawName[];
  /** @internal For tests of the laws. */
  readonly faults?: Faults;
};

const RUNS_DEFAULT = 100;
const SAMPLE_RUNS = 24;

type Plan = { readonly law: Law; readonly subjects: readonly Subject[] };
type Found = { readonly law: Law; readonly breach: Breach };

/**
 * Tries the laws of streams and tables on a topology: made-up records, late ones and deletions among them, with commits,
 * caches, restarts and partitions in any order, run by the tasks of a cluster. A law that a topology cannot hold by its
 * nature (the graph tells) is reported as not applicable, with the reason.
 * @throws DualityError with the fewest records that break a law, and a reproduction
 * @throws StreamsError `INVALID_ARGUMENT` if records cannot be made up for a topic; `INVALID_STATE` without fast-check
 */
export async function checkDuality(
  topology: Topology | (() => Topology),
  options: DualityOptions = {},
): Promise<DualityReport> {
  const fc = await loadFastCheck();
  const model = new TopologyModel(typeof topology === 'function' ? topology() : topology);
  if (model.sources.length === 0) throw illegalArgument('the topology reads no topic that records could be given to');
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const histories = historyOf(fc, model, options);
  const plans = planOf(model, options, fc.sample(histories, { seed, numRuns: SAMPLE_RUNS }));
  const progress = { runs: 0, failedRuns: 0 };
  let first: LawName | null = null;
  const tried = fc.check(
    fc.property(histories, (history) => {
      const trial = new Trial(model, history, options.faults);
      // While a failure is shrunk, another law's is none.
      const found = breachOf(plans, trial, first, progress);
      if (found === null) return true;
      first ??= found.law.name;
      return false;
    }),
    { seed, numRuns: options.runs ?? RUNS_DEFAULT },
  );
  if (tried.failed && tried.counterexample !== null)
    throw failure(model, plans, tried.counterexample[0], seed, options.faults);
  return { seed, ...progress, laws: plans.map(reportOf) };
}

/**
 * Tries one law on one history: what a reproduction does.
 * @throws DualityError if the law does not hold
 */
export async function checkLaw(
  topology: Topology | (() => Topology),
  law: LawName,
  history: History,
  options: Pick<DualityOptions, 'faults'> = {},
): Promise<void> {
  const model = new TopologyModel(typeof topology === 'function' ? topology() : topology);
  const found = ALL_LAWS.find(({ name }) => name === law);
  if (found === undefined) throw illegalArgument(`there is no law ${law}`);
  const trial = new Trial(model, history, options.faults);
  // Whether functions allow it was decided when the history was found.
  const facts = { isOrderInsensitive: () => true };
  const subjects = found.applies({ model, facts, isRequired: true });
  const breach = breachIn({ law: found, subjects }, trial);
  if (breach === null) return;
  throw new DualityError(found, breach, { history, seed: null, reproduction: reproductionOf(model, law, history) });
}

function planOf(model: TopologyModel, options: DualityOptions, samples: readonly History[]): Plan[] {
  const runs = samples.flatMap((history) => {
    try {
      return [new Trial(model, history, options.faults).run()];
    } catch {
      return [];
    }
  });
  const facts = factsOf(model, runs);
  return ALL_LAWS.filter(({ name }) => options.laws?.includes(name) ?? true).map((law) => {
    const isRequired = options.require?.includes(law.name) ?? false;
    return { law, subjects: law.applies({ model, facts, isRequired }) };
  });
}

function breachOf(
  plans: readonly Plan[],
  trial: Trial,
  only: LawName | null,
  progress: { runs: number; failedRuns: number },
): Found | null {
  try {
    for (const plan of plans) {
      if (only !== null && plan.law.name !== only) continue;
      const breach = breachIn(plan, trial);
      if (breach !== null) return { law: plan.law, breach };
    }
    progress.runs++;
  } catch {
    progress.failedRuns++;
  }
  return null;
}

function breachIn({ law, subjects }: Plan, trial: Trial): Breach | null {
  for (const subject of subjects) {
    if (subject.kind !== 'checked' || (subject.inOrderOnly === true && !trial.inOrder)) continue;
    const breach = law.breach(trial, subject.name);
    if (breach !== null) return breach;
  }
  return null;
}

function failure(
  model: TopologyModel,
  plans: readonly Plan[],
  history: History,
  seed: number,
  faults: Faults | undefined,
): DualityError {
  const found = breachOf(plans, new Trial(model, history, faults), null, { runs: 0, failedRuns: 0 })!;
  const { law, breach } = found;
  return new DualityError(law, breach, { history, seed, reproduction: reproductionOf(model, law.name, history) });
}

function reportOf({ law, subjects }: Plan): LawReport {
  return {
    law: law.name,
    says: law.says,
    checked: subjects.flatMap((subject) => (subject.kind === 'checked' ? [subject.name] : [])),
    notApplicable: subjects.flatMap((subject) =>
      subject.kind === 'not-applicable' ? [{ name: subject.name, reason: subject.reason }] : [],
    ),
  };
}
