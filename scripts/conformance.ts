import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { refuse, scriptOptions } from './script-options.ts';

/** `npm run conformance -- SUITE …`: hands over to the runner that knows the suite. */
const RUNNERS: Readonly<Record<string, string>> = {
  streams: 'conformance-streams.ts',
  ksql: 'conformance-ksql.ts',
  'ksql-rest': 'conformance-ksql.ts',
  'ksql-sql': 'conformance-ksql.ts',
  'ksql-runner': 'conformance-ksql.ts',
};

const USAGE = `usage: npm run conformance -- ${Object.keys(RUNNERS).join('|')} [options]
  --cases DIR        where the cases lie (default: ../shared)
  --file NAME        only the cases of this file
  --engine NAME      of streams: memory (default) or rocksdb
  --list-failures    names every failing case with its reason
  --json             the result as JSON
`;

const { positionals } = scriptOptions(USAGE, {
  cases: { type: 'string' },
  file: { type: 'string' },
  engine: { type: 'string' },
  'list-failures': { type: 'boolean' },
  json: { type: 'boolean' },
});
const [suite = ''] = positionals;
const runner = RUNNERS[suite] ?? refuse(USAGE, suite === '' ? 'which suite?' : `unknown suite ${suite}`);
const script = join(import.meta.dirname, runner);
const result = spawnSync(
  process.execPath,
  ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)],
  {
    stdio: 'inherit',
  },
);
process.exit(result.status ?? 1);
