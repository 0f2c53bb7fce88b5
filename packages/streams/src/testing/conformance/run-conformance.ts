import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describeError } from '@millrace/base';
import { MemoryEngine } from '../../state/engines/memory.ts';
import type { StoreEngine } from '../../state/engines/store-engine.ts';
import type { Case, CaseResult } from './case.ts';
import { differenceOf, runCase } from './run-case.ts';

export type ConformanceOptions = {
  /** A folder of case files, one JSON object a line. */
  readonly cases: string;
  /** Only the file of this name, with or without its extension. */
  readonly file?: string;
  /** Makes the engine of each case, which is closed after it. Default: in memory. */
  readonly openEngine?: () => Promise<StoreEngine>;
};

export type Tally = { passed: number; failed: number };

export type ConformanceFailure = { readonly id: string; readonly family: string; readonly reason: string };

export type ConformanceReport = {
  readonly passed: number;
  readonly failed: number;
  /** Cases that their own data disables. */
  readonly skipped: number;
  readonly total: number;
  readonly failures: readonly ConformanceFailure[];
  readonly families: ReadonlyMap<string, Tally>;
  readonly describe: Tally;
  readonly internalTopics: Tally;
  /** Cases whose topology text or internal topics differ. */
  readonly namingDifferences: readonly ConformanceFailure[];
};

const EXTENSION = '.jsonl';

/** Runs all cases of a folder and compares results, topology texts and internal topics with those of Kafka Streams. */
export async function runStreamsConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  if (!existsSync(options.cases)) throw new RangeError(`there are no cases in ${options.cases}`);
  const openEngine = options.openEngine ?? (async () => new MemoryEngine());
  const wanted = options.file === undefined ? null : basename(options.file, EXTENSION);
  const families = readdirSync(options.cases)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => basename(name, EXTENSION))
    .filter((name) => wanted === null || name === wanted)
    .sort();
  const tallies = new Map<string, Tally>();
  const failures: ConformanceFailure[] = [];
  const namingDifferences: ConformanceFailure[] = [];
  const describe = { passed: 0, failed: 0 };
  const internalTopics = { passed: 0, failed: 0 };
  for (const family of families) {
    const tally = { passed: 0, failed: 0 };
    tallies.set(family, tally);
    for (const spec of readCases(join(options.cases, family + EXTENSION))) {
      const { reason, actual } = await judge(spec, await openEngine());
      if (reason === null) tally.passed++;
      else {
        tally.failed++;
        failures.push({ id: spec.id, family, reason });
      }
      count(describe, spec.expected.describe, actual.describe, (naming) =>
        namingDifferences.push({ id: spec.id, family, reason: `describe: ${naming}` }),
      );
      count(internalTopics, spec.expected.internalTopics?.join(), actual.internalTopics?.join(), (naming) =>
        namingDifferences.push({ id: spec.id, family, reason: `internal topics: ${naming}` }),
      );
    }
  }
  const sum = (part: keyof Tally) => [...tallies.values()].reduce((total, tally) => total + tally[part], 0);
  const passed = sum('passed');
  const failed = sum('failed');
  return {
    passed,
    failed,
    skipped: 0,
    total: passed + failed,
    failures,
    families: tallies,
    describe,
    internalTopics,
    namingDifferences,
  };
}

function* readCases(path: string): Generator<Case> {
  for (const line of readFileSync(path, 'utf8').split('\n')) if (line.trim() !== '') yield JSON.parse(line) as Case;
}

async function judge(
  spec: Case,
  engine: StoreEngine,
): Promise<{ readonly reason: string | null; readonly actual: CaseResult }> {
  try {
    const actual = await runCase(spec, engine);
    return { reason: differenceOf(spec, actual), actual };
  } catch (error) {
    return { reason: `could not be run: ${describeError(error)}`, actual: {} };
  } finally {
    await engine.close();
  }
}

function count(
  tally: Tally,
  expected: string | undefined,
  actual: string | undefined,
  differs: (reason: string) => void,
): void {
  if (expected === undefined) return;
  if (expected === actual) {
    tally.passed++;
    return;
  }
  tally.failed++;
  const wanted = expected.split('\n');
  const own = (actual ?? '').split('\n');
  const at = wanted.findIndex((line, index) => line !== own[index]);
  differs(`line ${at}: ${own[at] ?? 'nothing'}, expected ${wanted[at] ?? 'nothing'}`);
}
