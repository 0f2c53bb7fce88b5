import { stripTypeScriptTypes } from 'node:module';
import { expect, test } from 'vitest';
import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import * as streams from '../../index.ts';
import { Serdes } from '../../serdes/serdes.ts';
import type { Topology } from '../../topology/topology.ts';
import { TimeWindows } from '../../windows/time-windows.ts';
import * as testing from '../index.ts';
import { checkDuality } from './check-duality.ts';
import { DualityError } from './duality-error.ts';

const SEED = 7;
const text = { key: Serdes.string(), value: Serdes.string() };

function wrongTotals(): Topology {
  const numbers = { key: Serdes.string(), value: Serdes.long() };
  const builder = new StreamsBuilder();
  builder
    .table('orders', numbers)
    .groupBy((_key, value): [string, number] => ['all', value], numbers)
    .aggregate(
      () => 0,
      (_key, value, total) => total + value,
      (_key, value, total) => total + value,
      { as: 'totals', ...numbers },
    );
  return builder.build();
}

async function failureOf(topology: Topology): Promise<DualityError> {
  const thrown: unknown = await checkDuality(topology, { seed: SEED }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(DualityError);
  return thrown as DualityError;
}

/** Runs TypeScript as a module would run, with what it imports given. */
async function runText(source: string, modules: Readonly<Record<string, object>>): Promise<void> {
  const body = source.replace(/^import (\{[^}]*\}) from '([^']+)';.*$/gm, (_all, names: string, from: string) => {
    return `const ${names} = modules['${from}'];`;
  });
  type Run = (given: object, out: { log(): void }) => Promise<void>;
  const AsyncFunction = (async () => {}).constructor as new (...args: string[]) => Run;
  await new AsyncFunction('modules', 'console', stripTypeScriptTypes(body))(modules, { log: () => {} });
}

test('a failure says which law, with which seed, and with which records', async () => {
  const failure = await failureOf(wrongTotals());
  expect(failure.message).toContain('The law "aggregate" does not hold for totals');
  expect(failure.message).toContain(`Seed ${SEED}; `);
  expect(failure.message).toContain(`input1.pipeInput(`);
});

test('the same seed finds the same records', async () => {
  const [first, second] = [await failureOf(wrongTotals()), await failureOf(wrongTotals())];
  expect(second.history).toEqual(first.history);
});

test('the printed reproduction runs, and breaks the law again', async () => {
  const failure = await failureOf(wrongTotals());
  const modules = {
    '@millrace/streams': streams,
    '@millrace/streams/testing': testing,
    './topology.ts': { topology: wrongTotals() },
  };
  await expect(runText(failure.reproduction, modules)).rejects.toThrow(failure.finding);
});

test('a report says what was checked, what does not apply, and why', async () => {
  const builder = new StreamsBuilder();
  builder
    .stream('clicks', text)
    .groupByKey(text)
    .windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
    .count({ as: 'counts', logging: false })
    .toStream()
    .foreach(() => {});
  const report = await checkDuality(() => builder.build(), { seed: SEED, runs: 20 });
  expect(report).toMatchObject({ seed: SEED, runs: 20, failedRuns: 0 });
  const of = (law: string) => report.laws.find((entry) => entry.law === law)!;
  expect(of('aggregate').checked).toEqual(['counts']);
  expect(of('changelog').notApplicable).toEqual([{ name: 'counts', reason: 'logging is off' }]);
  expect(of('restart').notApplicable[0]!.reason).toMatch(/logging off/);
});

test('records for a serde of its own must be given, and the error says how', async () => {
  const own = { ...Serdes.string(), name: 'money' };
  const builder = new StreamsBuilder();
  builder.table('prices', { key: Serdes.string(), value: own, as: 'prices' });
  const topology = builder.build();
  await expect(checkDuality(topology)).rejects.toThrow(
    /no values can be made up for topic prices .* values: \{ "prices"/,
  );
  const report = await checkDuality(topology, { runs: 5, values: { prices: (fc) => fc.constantFrom('1', '2') } });
  expect(report.runs).toBe(5);
});

test('a topology of processors is checked by what needs no graph', async () => {
  const topology = new streams.Topology().addSource('in', 'records', text).addSink('out', 'copies', text, 'in');
  const report = await checkDuality(topology, { seed: SEED, runs: 10 });
  expect(report.laws.find(({ law }) => law === 'determinism')!.checked).toEqual(['all output']);
  expect(report.laws.find(({ law }) => law === 'join')!.notApplicable[0]!.reason).toMatch(/by hand/);
});

test('what a function of the topology throws breaks no law, and is counted', async () => {
  const builder = new StreamsBuilder();
  const picky = (value: string): string => {
    if (value === 'a') throw new RangeError('not that one');
    return value;
  };
  builder.stream('in', text).mapValues(picky).to('out', text);
  const report = await checkDuality(builder.build(), { seed: SEED, runs: 40 });
  expect(report.failedRuns).toBeGreaterThan(0);
  expect(report.runs + report.failedRuns).toBe(40);
});
