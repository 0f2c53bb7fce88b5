import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

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
  --list-failures    names every failing case with its reason
  --json             the result as JSON
`;

const [suite = '', ...args] = process.argv.slice(2);
const runner = RUNNERS[suite];
if (runner === undefined) {
  process.stderr.write(USAGE);
  process.exit(suite === '--help' ? 0 : 2);
}
const script = join(import.meta.dirname, runner);
const result = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, suite, ...args], {
  stdio: 'inherit',
});
process.exit(result.status ?? 1);
