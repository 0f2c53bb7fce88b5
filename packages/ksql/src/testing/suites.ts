import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readCaseFile } from './query-cases/case-file.ts';
import { judgeCase, type Verdict } from './query-cases/judge.ts';
import { runQueryOnTestDriver } from './query-cases/run-query.ts';
import { functionsOfCases } from './query-cases/test-functions.ts';
import { judgeSqlTest } from './sql-tests/judge-sql-test.ts';
import { readSqlTests } from './sql-tests/sql-test-file.ts';
import { runTriple } from './test-runner/run-triple.ts';

/** ksqlDB's shared cases, suite by suite, as they lie below one folder. */

export type Judged = { readonly file: string; readonly name: string; readonly verdict: Verdict };

export type SuiteOptions = {
  /** The folder of all suites. */
  readonly cases: string;
  /** Only the cases of this file. */
  readonly file?: string | undefined;
};

function queryCases({ cases, file: only }: SuiteOptions): readonly Judged[] {
  return caseFiles(join(cases, 'query-validation'), only).flatMap((file) => {
    const text = readFileSync(join(cases, 'query-validation', file), 'utf8');
    return readCaseFile(file, text).map((run) => ({
      file,
      name: run.name,
      verdict: judgeCase(run, { functions: functionsOfCases, runQuery: runQueryOnTestDriver }),
    }));
  });
}

/** The script that the cases of the SQL test tool run by name. */
const SCRIPT = `CREATE STREAM foo (id INT KEY, col1 INT) WITH (kafka_topic='foo', value_format='JSON');
CREATE STREAM bar AS SELECT * FROM foo;`;

function sqlCases({ cases, file: only }: SuiteOptions): readonly Judged[] {
  const root = join(cases, 'sql-tests');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
  return files
    .filter((file) => isWanted(file, only))
    .flatMap((file) =>
      readSqlTests(readFileSync(join(root, file), 'utf8')).map((each) => ({
        file,
        name: `${file} - ${each.name}`,
        verdict: judgeSqlTest(each, { functions: functionsOfCases, readScript: () => SCRIPT }),
      })),
    );
}

/** What the triples below `incorrect` have to fail with; all others have to pass. */
const RUNNER_FAILURES: Readonly<Record<string, string>> = {
  empty_input: 'Inputs cannot be empty.',
  empty_output: 'Outputs cannot be empty.',
  expected_mismatch:
    'Expected <"1001", "101"> with timestamp=0 and headers=[] but was <101, "101"> with timestamp=0 and headers=[]',
  incorrect_input_format: 'input.json',
  insert_values: "Failed to insert values into 'TEST'.",
};

function runnerCases({ cases, file: only }: SuiteOptions): readonly Judged[] {
  const root = join(cases, 'test-runner');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('statements.sql'),
  );
  return files
    .filter((file) => isWanted(file, only))
    .sort()
    .map((file) => ({ file, name: dirname(file), verdict: judgeTriple(join(root, dirname(file))) }));
}

function judgeTriple(folder: string): Verdict {
  const read = (name: string) => ({ name, text: readFileSync(join(folder, name), 'utf8') });
  const triple = {
    statements: read('statements.sql').text,
    input: existsSync(join(folder, 'input.json')) ? read('input.json') : undefined,
    output: read('output.json'),
  };
  const result = runTriple(triple, { functions: functionsOfCases, runQuery: runQueryOnTestDriver });
  const expected = basename(dirname(folder)) === 'incorrect' ? RUNNER_FAILURES[basename(folder)] : undefined;
  if (expected === undefined) return result;
  if (result.kind === 'failed' && result.reason.includes(expected)) return { kind: 'passed' };
  return { kind: 'failed', reason: `expected the failure ${expected}, got ${JSON.stringify(result)}` };
}

/** The files of a suite, sorted. */
export function caseFiles(folder: string, only: string | undefined): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json') && isWanted(file, only))
    .sort();
}

function isWanted(file: string, only: string | undefined): boolean {
  return only === undefined || file === only || file === `${only}.json`;
}

/** The suites that need no broker. */
export const SUITES: Readonly<Record<string, (options: SuiteOptions) => readonly Judged[]>> = {
  ksql: queryCases,
  'ksql-sql': sqlCases,
  'ksql-runner': runnerCases,
};
