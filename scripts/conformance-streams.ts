import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openRocksDbEngine } from '../packages/streams/src/state/engines/rocksdb.ts';
import { runStreamsConformance } from '../packages/streams/src/testing/conformance/run-conformance.ts';

/** `npm run conformance -- streams`: what Millrace does with the shared cases, against what Kafka Streams did. */
const { values } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: 'string' },
    file: { type: 'string' },
    engine: { type: 'string', default: 'memory' },
    'list-failures': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const cases = resolve(values.cases ?? join(import.meta.dirname, '../../shared/streams-cases'));
if (!existsSync(cases)) {
  process.stderr.write(`no cases in ${cases}: give their folder with --cases\n`);
  process.exit(2);
}
if (values.engine !== 'memory' && values.engine !== 'rocksdb') {
  process.stderr.write(`--engine is memory or rocksdb, not ${values.engine}\n`);
  process.exit(2);
}

/** A folder for each case, since a database belongs to one task; all gone at the end. */
const folder = mkdtempSync(join(tmpdir(), 'millrace-conformance-'));
let opened = 0;
const onDisk = { openEngine: () => openRocksDbEngine(join(folder, String(opened++))) };
const report = await runStreamsConformance({
  cases,
  ...(values.file === undefined ? {} : { file: values.file }),
  ...(values.engine === 'rocksdb' ? onDisk : {}),
}).finally(() => rmSync(folder, { recursive: true }));

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
