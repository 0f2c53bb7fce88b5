import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const PRELOAD = join(import.meta.dirname, 'support/print-loaded-modules.mjs');

function modulesLoadedBy(...args: string[]): string[] {
  const printed = execFileSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--import', PRELOAD, ...args],
    {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 30_000,
    },
  );
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as string[];
}

const named = (urls: readonly string[], pattern: RegExp): string[] => urls.filter((url) => pattern.test(url));

test("import 'millrace' loads no heavy library: no test kit, no parser, no native store", () => {
  const urls = modulesLoadedBy('--input-type=module', '--eval', "await import('millrace')");
  expect(named(urls, /packages\/streams\/src/).length).toBeGreaterThan(0);
  expect(named(urls, /node_modules\/(fast-check|chevrotain|luxon|@nxtedition|kafkajs|vitest)/)).toEqual([]);
});

test("import 'millrace/testing' loads no fast-check: the first checkDuality does", () => {
  const urls = modulesLoadedBy('--input-type=module', '--eval', "await import('millrace/testing')");
  expect(named(urls, /packages\/streams\/src\/testing\/laws/).length).toBeGreaterThan(0);
  expect(named(urls, /node_modules\/(fast-check|vitest)/)).toEqual([]);
});

test('`millrace broker` loads no streams and no SQL', () => {
  const urls = modulesLoadedBy('packages/millrace/bin/millrace.js', 'broker', '--help');
  expect(named(urls, /packages\/broker\/src/).length).toBeGreaterThan(0);
  expect(named(urls, /packages\/(streams|ksql|client)\/src/)).toEqual([]);
});

test.each([['topics', 'create'], ['ksql', 'run'], ['ksql-migrations', 'apply'], ['ksql-datagen']])(
  'the help of a tool loads no client and no SQL: it costs a moment only (%s)',
  (...tool) => {
    const urls = modulesLoadedBy('packages/millrace/bin/millrace.js', ...tool, '--help');
    expect(named(urls, /packages\/millrace\/src\/commands/).length).toBeGreaterThan(0);
    expect(named(urls, /packages\/(client|protocol|broker|streams|ksql)\/src/)).toEqual([]);
  },
);
