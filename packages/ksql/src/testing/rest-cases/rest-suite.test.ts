import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Broker } from '@millrace/broker';
import { expect, test } from 'vitest';
import type { CaseBroker } from './rest-session.ts';
import { runRestSuite } from './rest-suite.ts';

const CASES = join(import.meta.dirname, '../../../../../../shared/ksql-cases');

/** A slice of the suite, each so many cases; all of them are run by `npm run conformance -- ksql-rest`. */
const EACH = 5;
/** What passed of the slice when this was last raised. It only goes up. */
const PASSED_AT_LEAST = 56;
const CASES_OF_SLICE = 58;
const TIMEOUT_MS = 120_000;

async function startBroker(): Promise<CaseBroker> {
  const broker = await Broker.start({ port: -1, config: { 'group.initial.rebalance.delay.ms': '0' } });
  const close = (): Promise<void> => broker.close();
  return { wire: { dial: () => broker.connect() }, close, [Symbol.asyncDispose]: close };
}

const isPresent = existsSync(CASES);
if (!isPresent) console.warn(`ksqlDB's cases are not at ${CASES}: skipped`);

test.skipIf(!isPresent)(
  "a slice of ksqlDB's REST cases passes as far as it did before",
  async () => {
    let count = 0;
    const judged = await runRestSuite({ cases: CASES, startBroker, isWanted: () => count++ % EACH === 0 });
    expect(judged.length).toBe(CASES_OF_SLICE);
    expect(judged.filter(({ verdict }) => verdict.kind === 'passed').length).toBeGreaterThanOrEqual(PASSED_AT_LEAST);
  },
  TIMEOUT_MS,
);
