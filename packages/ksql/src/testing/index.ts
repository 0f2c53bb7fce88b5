export { type CaseRun, readCaseFile } from './query-cases/case-file.ts';
export { judgeCase, type Verdict } from './query-cases/judge.ts';
export { runQueryOnTestDriver } from './query-cases/run-query.ts';
export { functionsOfCases } from './query-cases/test-functions.ts';
