export { type CaseRun, readCaseFile } from './query-cases/case-file.ts';
export { judgeCase, type Verdict } from './query-cases/judge.ts';
export { runQueryOnTestDriver } from './query-cases/run-query.ts';
export { functionsOfCases } from './query-cases/test-functions.ts';
export { judgeSqlTest } from './sql-tests/judge-sql-test.ts';
export type { SqlTestEnvironment } from './sql-tests/sql-session.ts';
export { readSqlTests, type SqlTest } from './sql-tests/sql-test-file.ts';
export { type Judged, SUITES, type SuiteOptions } from './suites.ts';
export { runTriple, type Triple, type TripleFile, type TripleResult } from './test-runner/run-triple.ts';
