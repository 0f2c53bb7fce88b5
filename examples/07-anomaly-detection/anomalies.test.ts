import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('too many, too much, too far', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed.trim().split('\n')).toEqual([
    'Too many:',
    '  bob, 12:00:00, 4, 80',
    'Too much:',
    '  ada, p7, 300, 82.5',
    'Too far:',
    '  bob, p1, Rome, p8, Lima',
    '  bob, p2, Rome, p8, Lima',
    '  bob, p3, Rome, p8, Lima',
    '  bob, p4, Rome, p8, Lima',
  ]);
});
