import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runStreamsConformance } from '../packages/streams/src/testing/conformance/run-conformance.ts';

/** `npm run conformance -- streams`: what Millrace does with the shared cases, against what Kafka Streams did. */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string' },
    file: { type: 'string' },
    'list-failures': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const cases = resolve(values.cases ?? join(import.meta.dirname, '../../shared/streams-cases'));
if (!existsSync(cases)) {
  process.stderr.write(`no cases in ${cases}: give their folder with --cases\n`);
  process.exit(2);
}
const report = await runStreamsConformance({ cases, ...(values.file === undefined ? {} : { file: values.file }) });

if (values.json) {
  process.stdout.write(`${JSON.stringify({ ...report, families: Object.fromEntries(report.families) })}\n`);
} else {
  for (const [family, { passed, failed }] of report.families) {
    process.stdout.write(`${family.padEnd(20)} ${String(passed).padStart(4)} of ${passed + failed}\n`);
  }
  const { describe, internalTopics } = report;
  process.stdout.write(
    `describe             ${String(describe.passed).padStart(4)} of ${describe.passed + describe.failed}\n`,
  );
  process.stdout.write(
    `internal topics      ${String(internalTopics.passed).padStart(4)} of ${internalTopics.passed + internalTopics.failed}\n`,
  );
  if (values['list-failures']) {
    for (const { id, family, reason } of [...report.failures, ...report.namingDifferences]) {
      process.stdout.write(`${family} ${id}: ${reason}\n`);
    }
  }
}
const { passed, failed, total, skipped } = report;
process.stdout.write(`conformance streams: passed ${passed} failed ${failed} of ${total} (skipped ${skipped})\n`);
