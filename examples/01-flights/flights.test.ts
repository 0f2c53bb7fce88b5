import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasKafka, startKafka } from '../../scripts/bench/shared.ts';
import { titled } from '../../tests/support/millrace-command.ts';
import { temporaryFolder } from '../../tests/support/temporary-folder.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

function run(...args: string[]): string {
  return execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 60_000,
  });
}

/** The lines of both tables, without the captions. */
function tables(printed: string): string[] {
  return printed.split('\n').filter((line) => /^ {2}2001-/.test(line));
}

test('both sides come to the same tables, and a second start goes on where the first one ended', () => {
  using folder = temporaryFolder();
  const first = run('--data', folder.path, '--flights', '5000');
  expect(first).toContain('Equal: 5000 flights');
  expect(first).not.toContain('Continued');
  const second = run('--data', folder.path);
  expect(second).toContain('Continued: 5000 flights were there from an earlier start, 15000 came now.');
  expect(second).toContain('Equal: 20000 flights');
  const rows = tables(second);
  expect(rows.length).toBeGreaterThan(8);
  expect(rows.slice(0, rows.length / 2)).toEqual(rows.slice(rows.length / 2));
}, 120_000);

const onKafka = titled('on Apache Kafka', hasKafka(), 'needs ../shared/kafka, java and mvn');

describe.skipIf(!hasKafka())(onKafka, () => {
  test('the same job gives the same tables as on the embedded broker', async () => {
    using folder = temporaryFolder();
    const embedded = run('--data', join(folder.path, 'embedded'));
    const kafka = await startKafka();
    try {
      const printed = run('--data', join(folder.path, 'kafka'), '--bootstrap', kafka.bootstrap);
      expect(printed).toContain('Equal: 20000 flights');
      expect(tables(printed)).toEqual(tables(embedded));
    } finally {
      kafka.stop();
    }
  }, 180_000);
});
