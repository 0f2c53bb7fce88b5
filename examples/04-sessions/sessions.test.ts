import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { checkDuality } from 'millrace/testing';
import { expect, test } from 'vitest';
import { visits } from './topology.ts';

test('each visit comes once, when it is over', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed.trim().split('\n')).toEqual([
    'bob 09:05-09:05: 1 on home',
    'ada 09:00-09:10: 2 on home, shoes',
    'eve 09:19-09:20: 2 on cart, home',
    'ada 09:50-09:50: 1 on home',
  ]);
});

test('no visit is lost or sent twice, whatever the order of clicks', async () => {
  await checkDuality(visits);
});
