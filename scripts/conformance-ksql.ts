import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SUITES, type Verdict } from '@millrace/ksql/testing';

/**
 * Runs ksqlDB's cases: `ksql` (query-validation), `ksql-rest`, `ksql-sql` and `ksql-runner`. The last line is always
 * `conformance SUITE: passed P failed F of N (skipped S)`; a case that can't be run here yet has failed.
 */
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

function main(): number {
  const run = SUITES[suite];
  if (run === undefined) {
    process.stderr.write(`unknown suite ${suite}: one of ${Object.keys(SUITES).join(', ')}\n`);
    return 2;
  }
  const judged = run({ cases: values.cases, file: values.file });
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
