import { describeError } from '@millrace/base';
import type { Verdict } from '../query-cases/judge.ts';
import { isJavaError } from '../query-cases/judge.ts';
import { SqlSession, type SqlTestEnvironment } from './sql-session.ts';
import type { SqlTest } from './sql-test-file.ts';

/** Runs a SQL test: the first failure ends it, and has to be the one that is expected. */
export function judgeSqlTest(test: SqlTest, environment: SqlTestEnvironment): Verdict {
  try {
    new SqlSession(environment).run(test.sql);
  } catch (thrown) {
    const told = describeError(thrown);
    if (test.expectedError === undefined || !(thrown instanceof Error)) return { kind: 'failed', reason: told };
    const isExpected = isJavaError(thrown, test.expectedError) && told.includes(test.expectedMessage ?? '');
    return isExpected
      ? { kind: 'passed' }
      : {
          kind: 'failed',
          reason: `expected ${test.expectedError}: ${test.expectedMessage}, got ${thrown.name}: ${told}`,
        };
  }
  if (test.expectedError === undefined) return { kind: 'passed' };
  return { kind: 'failed', reason: `expected ${test.expectedError}: ${test.expectedMessage}, but nothing failed` };
}
