import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SUITES } from './suites.ts';

const CASES = join(import.meta.dirname, '../../../../../shared/ksql-cases');

/** What passed when this was last raised, of how many. It only goes up. */
const PASSED_AT_LEAST = [
  ['ksql', 1650, 1650],
  ['ksql-sql', 56, 56],
  ['ksql-runner', 12, 13],
] as const;

/** Many times what it takes on a machine that has nothing else to do. */
const SUITE_TIMEOUT_MS = 180_000;

const isPresent = existsSync(CASES);
if (!isPresent) console.warn(`ksqlDB's cases are not at ${CASES}: skipped`);

test.skipIf(!isPresent).each(PASSED_AT_LEAST)(
  '%s: %i of %i cases pass',
  (suite, floor, runs) => {
    const judged = SUITES[suite]!({ cases: CASES }).filter(({ verdict }) => verdict.kind !== 'skipped');
    expect(judged.length).toBe(runs);
    expect(judged.filter(({ verdict }) => verdict.kind === 'passed').length).toBeGreaterThanOrEqual(floor);
  },
  SUITE_TIMEOUT_MS,
);
