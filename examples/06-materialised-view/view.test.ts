import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('the view is asked by key, by a condition, by window, and by a service', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed.trim().split('\n')).toEqual([
    'By key:',
    '  ada, 2, 4.19, milk',
    'By a condition:',
    '  ada, 4.19',
    '  bob, 12.00',
    'After one more order:',
    '  ada, 3, 7.39, tea',
    '  bob, 1, 12.00, ink',
    'Hours of one customer, from nine o’clock on:',
    '  09:00, 2',
    '  10:00, 1',
    'From a service:',
    '  200 {"name":"bob","orders":1,"spent":"12.00","lastItem":"ink"}',
    '  404',
  ]);
});
