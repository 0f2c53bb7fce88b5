import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Broker } from '@millrace/broker';
import { type CaseBroker, runRestSuite, SUITES, type Verdict } from '@millrace/ksql/testing';

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

const REST = 'ksql-rest';

async function startBroker(): Promise<CaseBroker> {
  const broker = await Broker.start({ port: -1, config: { 'group.initial.rebalance.delay.ms': '0' } });
  const close = (): Promise<void> => broker.close();
  return { wire: { dial: () => broker.connect() }, close, [Symbol.asyncDispose]: close };
}

async function main(): Promise<number> {
  const { cases, file } = values;
  const run = SUITES[suite];
  if (run === undefined && suite !== REST) {
    process.stderr.write(`unknown suite ${suite}: one of ${[...Object.keys(SUITES), REST].join(', ')}\n`);
    return 2;
  }
  const judged = run === undefined ? await runRestSuite({ cases, file, startBroker }) : run({ cases, file });
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

process.exitCode = await main();
