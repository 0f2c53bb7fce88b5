import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  functionsOfCases,
  judgeCase,
  judgeSqlTest,
  readCaseFile,
  readSqlTests,
  runQueryOnTestDriver,
  runTriple,
  type Verdict,
} from '@millrace/ksql/testing';

/**
 * Runs ksqlDB's cases: `ksql` (query-validation), `ksql-rest`, `ksql-sql` and `ksql-runner`. The last line is always
 * `conformance SUITE: passed P failed F of N (skipped S)`; a case that can't be run here yet has failed.
 */
type Judged = { readonly file: string; readonly name: string; readonly verdict: Verdict };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string', default: join(import.meta.dirname, '../../shared/ksql-cases') },
    file: { type: 'string' },
    'list-failures': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const suite = positionals[0] ?? 'ksql';

const NOT_YET: Verdict = { kind: 'failed', reason: 'not supported yet' };

function queryCases(): readonly Judged[] {
  return caseFiles('query-validation').flatMap((file) => {
    const text = readFileSync(join(values.cases, 'query-validation', file), 'utf8');
    return readCaseFile(file, text).map((run) => ({
      file,
      name: run.name,
      verdict: judgeCase(run, { functions: functionsOfCases, runQuery: runQueryOnTestDriver }),
    }));
  });
}

function restCases(): readonly Judged[] {
  return caseFiles('rest-validation').flatMap((file) => {
    const text = readFileSync(join(values.cases, 'rest-validation', file), 'utf8');
    return readCaseFile(file, text).map(({ name, enabled }) => ({
      file,
      name,
      verdict: enabled ? NOT_YET : ({ kind: 'skipped' } as const),
    }));
  });
}

/** The script that the cases of the SQL test tool run by name. */
const SCRIPT = `CREATE STREAM foo (id INT KEY, col1 INT) WITH (kafka_topic='foo', value_format='JSON');
CREATE STREAM bar AS SELECT * FROM foo;`;

function sqlCases(): readonly Judged[] {
  const root = join(values.cases, 'sql-tests');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));
  return files.filter(isWanted).flatMap((file) =>
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

function runnerCases(): readonly Judged[] {
  const root = join(values.cases, 'test-runner');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('statements.sql'),
  );
  return files
    .filter(isWanted)
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

function caseFiles(folder: string): readonly string[] {
  return readdirSync(join(values.cases, folder))
    .filter((file) => file.endsWith('.json') && isWanted(file))
    .sort();
}

function isWanted(file: string): boolean {
  return values.file === undefined || file === values.file || file === `${values.file}.json`;
}

const SUITES: Readonly<Record<string, () => readonly Judged[]>> = {
  ksql: queryCases,
  'ksql-rest': restCases,
  'ksql-sql': sqlCases,
  'ksql-runner': runnerCases,
};

function main(): number {
  const run = SUITES[suite];
  if (run === undefined) {
    process.stderr.write(`unknown suite ${suite}: one of ${Object.keys(SUITES).join(', ')}\n`);
    return 2;
  }
  const judged = run();
  const count = (kind: Verdict['kind']): number => judged.filter(({ verdict }) => verdict.kind === kind).length;
  const failures = judged.flatMap(({ name, verdict }) =>
    verdict.kind === 'failed' ? [{ name, reason: verdict.reason }] : [],
  );
  if (values.json) {
    process.stdout.write(
      `${JSON.stringify({ suite, passed: count('passed'), skipped: count('skipped'), failures }, null, 2)}\n`,
    );
  } else if (values['list-failures']) {
    for (const { name, reason } of failures)
      process.stdout.write(`FAILED ${name}\n  ${reason.replaceAll('\n', '\n  ')}\n`);
  }
  const numbers = `passed ${count('passed')} failed ${failures.length} of ${judged.length} (skipped ${count('skipped')})`;
  process.stdout.write(`conformance ${suite}: ${numbers}\n`);
  return 0;
}

process.exitCode = main();
