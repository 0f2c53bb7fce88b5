import { describeError } from '@millrace/base';
import { KsqlStatementException } from '../../lib/ksql-exception.ts';
import type { CaseRun, ExpectedException } from './case-file.ts';
import { checkOutcome } from './check-outcome.ts';
import { type CaseEnvironment, runCase } from './run-case.ts';

export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Runs a case and says whether all went as it expects, failure included. */
export function judgeCase(run: CaseRun, environment: CaseEnvironment): Verdict {
  if (!run.enabled) return { kind: 'skipped' };
  try {
    const problems = checkOutcome(run, runCase(run, environment));
    if (run.expectedException !== undefined) {
      return failed(`expected ${run.expectedException.type}: ${run.expectedException.message}, but nothing failed`);
    }
    return problems.length === 0 ? { kind: 'passed' } : failed(problems.join('\n'));
  } catch (thrown) {
    if (run.expectedException === undefined) return failed(describeThrown(thrown));
    const problem = exceptionProblem(run.expectedException, thrown);
    return problem === undefined ? { kind: 'passed' } : failed(problem);
  }
}

function failed(reason: string): Verdict {
  return { kind: 'failed', reason };
}

/** With the first line of the stack for what is a bug of ours. */
function describeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const place = 'code' in thrown ? '' : `\n${thrown.stack?.split('\n').slice(1, 4).join('\n')}`;
  return `${thrown.name}: ${describeError(thrown)}${place}`;
}

/** Java's classes of errors, each with what it extends. */
const PARENTS: Readonly<Record<string, string>> = {
  ParseFailedException: 'KsqlStatementException',
  KsqlStatementException: 'KsqlException',
  KsqlException: 'StreamsException',
};

function isA(name: string, expected: string): boolean {
  for (let each: string | undefined = name; each !== undefined; each = PARENTS[each]) {
    if (each === expected) return true;
  }
  return false;
}

/** Whether an error is what Java calls by this name, or a kind of it. */
export function isJavaError(thrown: Error, expected: string): boolean {
  return thrown.name === expected || isA(javaName(thrown), expected);
}

/** Errors of ours without a name of ksqlDB's are what ksqlDB throws as its general one. */
function javaName(thrown: Error): string {
  return thrown.name in PARENTS || thrown.name.endsWith('Exception') ? thrown.name : 'KsqlException';
}

function exceptionProblem(expected: ExpectedException, thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return `expected an error, got ${String(thrown)}`;
  const isOurs = 'code' in thrown;
  const got = `${thrown.name}: ${isOurs ? thrown.message : describeThrown(thrown)}`;
  if (expected.type !== undefined && !(isOurs && isA(javaName(thrown), expected.type))) {
    return `expected ${expected.type}, got ${got}`;
  }
  const statement = thrown instanceof KsqlStatementException ? thrown.statement : undefined;
  const messages = [thrown.message, ...(statement === undefined ? [] : [`${thrown.message}\nStatement: ${statement}`])];
  if (expected.message !== undefined && !messages.some((message) => message.includes(expected.message!))) {
    return `expected message ${JSON.stringify(expected.message)}, got ${JSON.stringify(got)}`;
  }
  return causeProblem(expected, thrown);
}

function causeProblem({ cause, causeMessage }: ExpectedException, thrown: Error): string | undefined {
  if (cause === undefined && causeMessage === undefined) return undefined;
  const inner = thrown.cause;
  if (!(inner instanceof Error)) return `expected a cause ${cause}, got none`;
  if (cause !== undefined && !isA(javaName(inner), cause) && inner.name !== cause) {
    return `expected cause ${cause}, got ${inner.name}: ${inner.message}`;
  }
  if (causeMessage !== undefined && !inner.message.includes(causeMessage)) {
    return `expected cause message ${JSON.stringify(causeMessage)}, got ${JSON.stringify(inner.message)}`;
  }
  return undefined;
}
