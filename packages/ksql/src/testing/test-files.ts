import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MillraceError } from '@millrace/base';
import { builtInFunctions } from '../functions/built-in.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import { runQueryOnTestDriver } from './query-cases/run-query.ts';
import { judgeSqlTest } from './sql-tests/judge-sql-test.ts';
import { readSqlTests } from './sql-tests/sql-test-file.ts';
import { runTriple } from './test-runner/run-triple.ts';

export type TestOutcome = {
  readonly file: string;
  readonly name: string;
  readonly passed: boolean;
  /** Why not; where records differ, what was expected and what came. */
  readonly reason?: string;
};

export type TestReport = {
  readonly passed: number;
  readonly failed: number;
  readonly tests: readonly TestOutcome[];
};

type Options = {
  /** Only tests whose names hold this. */
  readonly filter?: string | undefined;
  /** A module that exports `register`, which gets the functions of each test. */
  readonly functions?: string | undefined;
};

const STATEMENTS = 'statements.sql';
const OUTPUT = 'output.json';
const INPUT = 'input.json';

/**
 * Runs the tests of files and folders: SQL with ASSERT statements, and folders of statements, input and output. Each test
 * has its own topics, sources and queries.
 * @throws MillraceError `USAGE` for a path without a test
 */
export async function runTestFiles(paths: readonly string[], { filter, functions }: Options = {}): Promise<TestReport> {
  const makeFunctions = await functionsOf(functions);
  const tests = paths
    .flatMap((path) => {
      const found = filesBelow(path).flatMap((file) => testsOf(file, makeFunctions));
      if (found.length === 0)
        throw usage(`${path} holds no test: neither --@test: lines nor ${STATEMENTS} and ${OUTPUT}`);
      return found;
    })
    .filter(({ name }) => filter === undefined || name.includes(filter))
    .map(({ file, name, run }): TestOutcome => {
      const reason = run();
      return reason === null ? { file, name, passed: true } : { file, name, passed: false, reason };
    });
  const passed = tests.filter((each) => each.passed).length;
  return { passed, failed: tests.length - passed, tests };
}

/** One test, not run yet; `run` gives the reason where it fails. */
type Test = { readonly file: string; readonly name: string; readonly run: () => string | null };

function filesBelow(path: string): readonly string[] {
  if (!existsSync(path)) throw usage(`there is no ${path}`);
  if (!statSync(path).isDirectory()) return [path];
  const all = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  return all.filter((file) => file.endsWith('.sql')).map((file) => join(path, file));
}

function testsOf(file: string, functions: () => FunctionRegistry): readonly Test[] {
  const folder = dirname(file);
  if (basename(file) === STATEMENTS && existsSync(join(folder, OUTPUT))) return [tripleIn(folder, functions)];
  const readScript = (name: string): string => readFileSync(resolve(folder, name), 'utf8');
  return readSqlTests(readFileSync(file, 'utf8')).map((test) => ({
    file,
    name: test.name,
    run() {
      const verdict = judgeSqlTest(test, { functions, readScript });
      return verdict.kind === 'failed' ? verdict.reason : null;
    },
  }));
}

function tripleIn(folder: string, functions: () => FunctionRegistry): Test {
  const read = (name: string) => ({ name, text: readFileSync(join(folder, name), 'utf8') });
  return {
    file: folder,
    name: basename(folder),
    run() {
      const input = existsSync(join(folder, INPUT)) ? read(INPUT) : undefined;
      const triple = { statements: read(STATEMENTS).text, input, output: read(OUTPUT) };
      const result = runTriple(triple, { functions, runQuery: runQueryOnTestDriver });
      return result.kind === 'failed' ? result.reason : null;
    },
  };
}

async function functionsOf(module: string | undefined): Promise<() => FunctionRegistry> {
  if (module === undefined) return builtInFunctions;
  const loaded = (await import(pathToFileURL(resolve(module)).href)) as { register?: unknown };
  const { register } = loaded;
  if (typeof register !== 'function') throw usage(`${module} has no export 'register' that takes the functions`);
  return () => {
    const functions = builtInFunctions();
    register(functions);
    return functions;
  };
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
