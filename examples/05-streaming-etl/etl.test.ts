import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('what can be read becomes a sale in Avro, the rest is kept with its reason', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed.trim().split('\n')).toEqual([
    'Sales:',
    '  09:00:00, Oslo, GREEN TEA, 3.20',
    '  09:00:05, Rome, INK, 12.00',
    '  09:01:00, Rome, PAPER, 4.50',
    'Rejected:',
    '  s2, no price: free',
    '  s1, no time',
    'Registered for the topic sales:',
    '  CITY, ITEM, AMOUNT, SOLD_AT',
  ]);
});

test('the SQL tests of the SQL pass, without a broker', () => {
  const millrace = join(import.meta.dirname, '../../packages/millrace/bin/millrace.js');
  const tests = join(import.meta.dirname, 'etl.tests.sql');
  const printed = execFileSync(process.execPath, [millrace, 'ksql-test', tests], { encoding: 'utf8', timeout: 60_000 });
  expect(printed).toContain('2 passed, 0 failed');
});
