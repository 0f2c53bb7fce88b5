import { KsqlStatementException } from '../../lib/ksql-exception.ts';
import { type CaseRecord, readRecords } from '../query-cases/case-file.ts';
import { mismatches } from '../query-cases/check-outcome.ts';
import { type CaseEnvironment, runCase } from '../query-cases/run-case.ts';

/** What the command line test runner is given: statements, records in (or none), records out. */
export type Triple = {
  readonly statements: string;
  /** Undefined: INSERT VALUES statements give the input. */
  readonly input: TripleFile | undefined;
  readonly output: TripleFile;
};
export type TripleFile = { readonly name: string; readonly text: string };

export type TripleResult = { readonly kind: 'passed' } | { readonly kind: 'failed'; readonly reason: string };

/** Runs a triple; `reason` is what the runner prints behind `Test failed: `. */
export function runTriple(triple: Triple, environment: CaseEnvironment): TripleResult {
  try {
    const inputs = triple.input === undefined ? [] : recordsIn(triple.input, 'inputs');
    const outputs = recordsIn(triple.output, 'outputs');
    if (triple.input !== undefined && inputs.length === 0) return failed('Inputs cannot be empty.');
    if (outputs.length === 0) return failed('Outputs cannot be empty.');
    const run = {
      name: 'triple',
      enabled: true,
      statements: [triple.statements],
      properties: {},
      topics: [],
      inputs,
      outputs,
      expectedException: undefined,
      post: undefined,
      source: {},
    };
    const [first] = mismatches(run, runCase(run, environment));
    return first === undefined ? { kind: 'passed' } : failed(first);
  } catch (thrown) {
    return failed(describe(thrown));
  }
}

function failed(reason: string): TripleResult {
  return { kind: 'failed', reason };
}

function describe(thrown: unknown): string {
  if (thrown instanceof KsqlStatementException) return thrown.rawMessage;
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function recordsIn({ name, text }: TripleFile, field: 'inputs' | 'outputs'): readonly CaseRecord[] {
  try {
    return readRecords(text, field);
  } catch (cause) {
    throw new Error(`File name: ${name} Message: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
