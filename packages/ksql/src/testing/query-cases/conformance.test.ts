import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCaseFile } from './case-file.ts';
import { judgeCase } from './judge.ts';
import { runQueryOnTestDriver } from './run-query.ts';
import { functionsOfCases } from './test-functions.ts';

const CASES = join(import.meta.dirname, '../../../../../../shared/ksql-cases/query-validation');

/** What passed when this was last raised. It only goes up. */
const PASSED_AT_LEAST = 1465;
const RUNS = 1650;

const isPresent = existsSync(CASES);
if (!isPresent) console.warn(`ksqlDB's query cases are not at ${CASES}: skipped`);

test.skipIf(!isPresent)("ksqlDB's query cases pass as far as they did before", () => {
  const environment = { functions: functionsOfCases, runQuery: runQueryOnTestDriver };
  const runs = readdirSync(CASES).flatMap((file) => readCaseFile(file, readFileSync(join(CASES, file), 'utf8')));
  const passed = runs.filter((run) => judgeCase(run, environment).kind === 'passed');
  expect(runs.filter((run) => run.enabled).length).toBe(RUNS);
  expect(passed.length).toBeGreaterThanOrEqual(PASSED_AT_LEAST);
});
