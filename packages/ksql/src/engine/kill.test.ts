import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { seededRandom } from '@millrace/base';
import { Broker } from '@millrace/broker';
import { expect, test } from 'vitest';
import { Service } from './test-support/service.ts';

const PROCESS = join(import.meta.dirname, 'test-support/engine-process.ts');
const KILLS = 4;
const ORDERS_PER_ROUND = 200;
const SLICE = 40;
const ITEMS = ['tea', 'rice', 'salt', 'figs', 'oil'];
/** A killed engine is missed only after its session, so each round waits for its groups to notice. */
const RUNNING_WITHIN_MS = 30_000;
const ATTEMPTS_MAX = 200;
const ATTEMPT_MS = 100;

// Aggregates that a record read twice does not change: with at least once, these have to come out exactly. How often
// an order was counted may only be too high.
const STATEMENTS = `
  CREATE STREAM IF NOT EXISTS orders (id VARCHAR KEY, item VARCHAR, serial INT)
    WITH (KAFKA_TOPIC='orders', VALUE_FORMAT='JSON');
  CREATE TABLE IF NOT EXISTS items (item VARCHAR PRIMARY KEY, price INT)
    WITH (KAFKA_TOPIC='items', VALUE_FORMAT='JSON');
  CREATE STREAM IF NOT EXISTS kept AS SELECT id, item, serial FROM orders WHERE serial % 2 = 0;
  CREATE TABLE IF NOT EXISTS totals AS
    SELECT item, MAX(serial) AS latest, MIN(serial) AS earliest, COLLECT_SET(serial % 10) AS digits, COUNT(*) AS n
    FROM orders GROUP BY item;
  CREATE STREAM IF NOT EXISTS priced AS
    SELECT o.item, o.id AS id, i.price * serial AS price FROM orders o JOIN items i ON o.item = i.item;`;

type Order = { readonly key: string; readonly value: { ITEM: string; SERIAL: number }; readonly timestamp: number };

function order(serial: number): Order {
  const item = ITEMS[(serial * 3 + (serial >> 3)) % ITEMS.length]!;
  return { key: `order-${serial}`, value: { ITEM: item, SERIAL: serial }, timestamp: 1_000 + serial };
}

type Guarantee = 'at_least_once' | 'exactly_once_v2';

async function startEngine(bootstrap: string, folder: string, guarantee: Guarantee): Promise<ChildProcess> {
  const args = [bootstrap, join(folder, 'state'), join(folder, 'statements.sql'), guarantee];
  const started = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROCESS, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(started.stdout!, 'data', { signal: AbortSignal.timeout(RUNNING_WITHIN_MS) });
  return started;
}

type Value = Readonly<Record<string, unknown>>;
type Entry = { readonly key: string; readonly value: Value };

/** All that a topic has now. */
async function entriesOf(service: Service, topic: string): Promise<readonly Entry[]> {
  const records = await service.readAll(topic);
  return records.map(({ key, value }) => ({ key: key!, value: JSON.parse(value!) as Value }));
}

/** The last value of each key. */
function tableOf(entries: readonly Entry[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

/** What an engine that nobody kills comes to. */
function expectedTables(orders: readonly Order[]) {
  const even = orders.filter(({ value }) => value.SERIAL % 2 === 0);
  const ofItem = (item: string): number[] => orders.flatMap(({ value }) => (value.ITEM === item ? [value.SERIAL] : []));
  const totals = ITEMS.map((item) => {
    const serials = ofItem(item);
    const digits = [...new Set(serials.map((serial) => serial % 10))].sort();
    return [item, { LATEST: Math.max(...serials), EARLIEST: Math.min(...serials), DIGITS: digits }];
  });
  const prices = orders.map(({ key, value }) => [key, (ITEMS.indexOf(value.ITEM) + 1) * value.SERIAL]);
  return {
    kept: Object.fromEntries(even.map(({ key, value }) => [key, value])),
    totals: Object.fromEntries(totals),
    counts: Object.fromEntries(ITEMS.map((item) => [item, ofItem(item).length])),
    prices: Object.fromEntries(prices),
  };
}

/** Reads a topic until it is as it has to be; what it is instead fails the test in the end. */
async function expectAtLast(
  service: Service,
  topic: string,
  compared: (entries: readonly Entry[]) => readonly [unknown, unknown],
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const [actual, expected] = compared(await entriesOf(service, topic));
    if (isDeepStrictEqual(actual, expected)) return;
    if (attempt === ATTEMPTS_MAX) expect(actual).toEqual(expected);
    await delay(ATTEMPT_MS);
  }
}

/** Kills an engine again and again while orders come, and looks at what became of them; `check` at the end. */
async function killAgainAndAgain(
  guarantee: Guarantee,
  check: (service: Service, orders: readonly Order[]) => Promise<void>,
): Promise<void> {
  const config = { 'group.initial.rebalance.delay.ms': '0', 'group.min.session.timeout.ms': '100' };
  await using broker = await Broker.start({ port: 0, config });
  await using service = await Service.at(broker.bootstrapServers);
  const folder = await mkdtemp(join(tmpdir(), 'millrace-ksql-kill-'));
  await writeFile(join(folder, 'statements.sql'), STATEMENTS);
  await service.createTopic('orders', 2);
  await service.createTopic('items', 2);
  const prices = ITEMS.map((key, at) => ({ key, value: { PRICE: at + 1 }, timestamp: 1 }));
  await service.produce('items', prices);
  const random = seededRandom(11);
  const orders = Array.from({ length: ORDERS_PER_ROUND * (KILLS + 1) }, (_, serial) => order(serial));
  let engine: ChildProcess | null = null;
  try {
    for (let round = 0; round <= KILLS; round++) {
      engine = await startEngine(broker.bootstrapServers, folder, guarantee);
      for (let at = 0; at < ORDERS_PER_ROUND; at += SLICE) {
        const from = round * ORDERS_PER_ROUND + at;
        await service.produce('orders', orders.slice(from, from + SLICE));
        await delay(random.int(20));
      }
      if (round === KILLS) break;
      await delay(random.int(60));
      engine.kill('SIGKILL');
      await once(engine, 'exit');
    }
    const expected = expectedTables(orders);
    await expectAtLast(service, 'KEPT', (entries) => [tableOf(entries), expected.kept]);
    await expectAtLast(service, 'TOTALS', (entries) => {
      const rows = Object.entries(tableOf(entries)).map(([item, { N: _, DIGITS, ...row }]) => {
        return [item, { ...row, DIGITS: (DIGITS as number[]).toSorted() }];
      });
      return [Object.fromEntries(rows), expected.totals];
    });
    await expectAtLast(service, 'PRICED', (entries) => {
      return [Object.fromEntries(entries.map(({ value }) => [value.ID, value.PRICE])), expected.prices];
    });
    await check(service, orders);
  } finally {
    engine?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

test('an engine that is killed again and again loses no row, and its tables end as if it had lived', {
  timeout: 150_000,
}, async () => {
  await killAgainAndAgain('at_least_once', async (service, orders) => {
    const { counts } = expectedTables(orders);
    const totals = tableOf(await entriesOf(service, 'TOTALS'));
    for (const item of ITEMS) expect(totals[item]!.N).toBeGreaterThanOrEqual(counts[item]!);
  });
});

test('exactly once: an engine that is killed again and again counts and joins no row twice', {
  timeout: 150_000,
}, async () => {
  await killAgainAndAgain('exactly_once_v2', async (service, orders) => {
    const { counts } = expectedTables(orders);
    await expectAtLast(service, 'TOTALS', (entries) => {
      return [Object.fromEntries(Object.entries(tableOf(entries)).map(([item, { N }]) => [item, N])), counts];
    });
    const idsOf = (topic: readonly Entry[], id: (entry: Entry) => unknown): unknown[] => topic.map(id).toSorted();
    const even = orders.filter(({ value }) => value.SERIAL % 2 === 0);
    expect(idsOf(await entriesOf(service, 'KEPT'), ({ key }) => key)).toEqual(even.map(({ key }) => key).toSorted());
    expect(idsOf(await entriesOf(service, 'PRICED'), ({ value }) => value.ID)).toEqual(
      orders.map(({ key }) => key).toSorted(),
    );
  });
});
