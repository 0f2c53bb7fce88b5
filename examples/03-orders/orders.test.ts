import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { checkDuality } from 'millrace/testing';
import { expect, test } from 'vitest';
import { parcels } from './topology.ts';

test('parcels follow their orders and their customers', () => {
  const args = ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts')];
  const printed = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  expect(printed.trim().split('\n')).toEqual([
    'Two orders of a customer; the third waits for its own:',
    '  o1: tea to Ada, London',
    '  o2: milk to Ada, London',
    'Bob comes, Ada moves:',
    '  o1: tea to Ada, Oslo',
    '  o2: milk to Ada, Oslo',
    '  o3: ink to Bob, Rome',
    'One order is cancelled, one is for somebody else:',
    '  o2: milk to Bob, Rome',
    '  o3: ink to Bob, Rome',
  ]);
});

test('whatever changes in whatever order, the table is the join of the two', async () => {
  await checkDuality(parcels, {
    keys: { orders: (fc) => fc.constantFrom('o1', 'o2', 'o3'), customers: (fc) => fc.constantFrom('c1', 'c2') },
    values: {
      orders: (fc) => fc.record({ customer: fc.constantFrom('c1', 'c2', 'c3'), item: fc.constantFrom('tea', 'ink') }),
      customers: (fc) => fc.record({ name: fc.constantFrom('Ada', 'Bob'), city: fc.constantFrom('Oslo', 'Rome') }),
    },
  });
});
