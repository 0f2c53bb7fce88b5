import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Arbitrary } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Topology } from '../../topology/topology.ts';
import { buildCase } from '../conformance/build-case.ts';
import type { Case } from '../conformance/case.ts';
import { checkDuality } from './check-duality.ts';
import type { FastCheck } from './load-fast-check.ts';

// Small topologies with all operators of the DSL, none of them wrong: a law that fails for one is a false alarm.

/** More of each with `MILLRACE_LAWS_RUNS`; another seed with `MILLRACE_LAWS_SEED`. */
const RUNS = Number(process.env.MILLRACE_LAWS_RUNS ?? 4);
const SEED = Number(process.env.MILLRACE_LAWS_SEED ?? 1);
const TIMEOUT_MS = 120_000 + RUNS * 2_000;

const cases = join(import.meta.dirname, '../../../../../../shared/streams-cases');
const hasCases = existsSync(cases);
const files = hasCases ? readdirSync(cases).filter((name) => name.endsWith('.jsonl')) : [];

function built(spec: Case): Topology | null {
  try {
    return buildCase(spec).topology;
  } catch {
    // Some cases show what is refused.
    return null;
  }
}

const texts = (fc: FastCheck): Arbitrary<unknown> =>
  fc.constantFrom('a', 'b', 'c', 'aa', 'x', 'bc', '1', '2', '13', 'abc');
const keys = (fc: FastCheck): Arbitrary<unknown> => fc.constantFrom('a', 'b', 'c');

describe.skipIf(!hasCases)(`the topologies of the shared cases (skipped without ${cases})`, () => {
  test.each(files)(
    '%s: no law raises a false alarm',
    async (file) => {
      const lines = readFileSync(join(cases, file), 'utf8').split('\n');
      const specs = lines.filter((line) => line.trim() !== '').map((line) => JSON.parse(line) as Case);
      let checked = 0;
      for (const spec of specs) {
        const topology = built(spec);
        if (topology === null) continue;
        const topics = spec.topology.flatMap(({ topic }) => (topic === undefined ? [] : ([topic].flat() as string[])));
        const given = (arbitrary: (fc: FastCheck) => Arbitrary<unknown>) =>
          Object.fromEntries(topics.map((topic) => [topic, arbitrary]));
        const report = await checkDuality(topology, {
          runs: RUNS,
          seed: SEED,
          values: given(texts),
          keys: given(keys),
        }).catch((error: unknown) => {
          throw new Error(`${spec.id}`, { cause: error });
        });
        expect(report.runs + report.failedRuns).toBe(RUNS);
        checked++;
      }
      expect(checked).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
