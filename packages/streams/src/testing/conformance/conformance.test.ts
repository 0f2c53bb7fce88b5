import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runStreamsConformance } from './run-conformance.ts';

// What Kafka Streams 4.3.1 did with 400 small topologies, and how many of each family we do alike: all.
const FLOORS: Readonly<Record<string, number>> = {
  cogroup: 15,
  errors: 35,
  'final-results': 36,
  'foreign-key': 23,
  grouping: 30,
  mixed: 27,
  processor: 16,
  stateless: 38,
  'stream-joins': 32,
  'stream-table-joins': 29,
  'table-joins': 30,
  tables: 38,
  windows: 51,
};

const cases = join(import.meta.dirname, '../../../../../../shared/streams-cases');
const hasCases = existsSync(cases);

describe.skipIf(!hasCases)(`the shared cases of Kafka Streams (skipped without ${cases})`, () => {
  test.each(Object.entries(FLOORS))('%s: at least %i cases give the same results', async (file, floor) => {
    const report = await runStreamsConformance({ cases, file });
    expect(report.passed, JSON.stringify(report.failures.slice(0, 3), null, 2)).toBeGreaterThanOrEqual(floor);
  });

  test('every topology prints as in Java, and writes to the same internal topics', async () => {
    const report = await runStreamsConformance({ cases });
    expect(report.namingDifferences).toEqual([]);
  });
});
