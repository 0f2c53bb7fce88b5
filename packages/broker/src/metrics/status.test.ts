import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Exposition, silentLogger } from '@millrace/base';
import { Client } from '@millrace/client';
import { expect, test } from 'vitest';
import { Broker } from '../broker.ts';
import { TestShareMember } from '../testing/share-member.ts';
import { parseStatusListener, Status } from './status.ts';

const ON_ANY_PORT = { 'metrics.listener': 'http://127.0.0.1:0' };

async function page(broker: Broker, path: string) {
  const response = await fetch(`http://127.0.0.1:${broker.metricsPort}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
}

/** Every sample by its name and labels; fails on a line that is no sample of the family before it. */
async function samples(broker: Broker): Promise<ReadonlyMap<string, number>> {
  const { status, type, text } = await page(broker, '/metrics');
  expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  const found = new Map<string, number>();
  let family = '';
  for (const line of text.trimEnd().split('\n')) {
    if (line.startsWith('#')) {
      family = /^# (?:HELP|TYPE) (\S+) /.exec(line)![1]!;
      continue;
    }
    const match = /^([a-z_0-9]+)(\{[^}]*\})? (\S+)$/.exec(line);
    expect(match, line).not.toBe(null);
    expect(match![1]!.replace(/_(count|sum)$/, '')).toBe(family.replace(/_(count|sum)$/, ''));
    const key = `${match![1]}${match![2] ?? ''}`;
    expect(found.has(key), `${key} stands twice`).toBe(false);
    found.set(key, Number(match![3]));
  }
  return found;
}

test.each([false, true])('the pages tell what clients did, in a thread of its own: %s', async (thread) => {
  await using broker = await Broker.start({ config: ON_ANY_PORT, thread });
  await using client = new Client({ bootstrapServers: broker.bootstrapServers });
  await client.admin.createTopics([{ name: 'orders', partitionCount: 2 }]);
  await using producer = client.producer();
  for (let n = 0; n < 10; n++) await producer.send({ topic: 'orders', partition: 1, value: `value ${n}` });
  await client.admin.alterGroupOffsets('readers', [{ topic: 'orders', partition: 1, offset: 4 }]);
  await using fetcher = client.fetcher();
  fetcher.assign('orders', 1, 'earliest');
  await fetcher.poll();
  const found = await samples(broker);
  const bytesIn = found.get('kafka_server_brokertopicmetrics_bytesin_total{topic="orders"}')!;
  expect(bytesIn).toBeGreaterThan(100);
  expect(found.get('kafka_server_brokertopicmetrics_bytesout_total{topic="orders"}')).toBe(bytesIn);
  expect([...found].filter(([key]) => EXPECTED.has(key)).map(([key, value]) => [key, value])).toEqual(
    expect.arrayContaining([...EXPECTED]),
  );
  expect(found.get('process_resident_memory_bytes')).toBeGreaterThan(1e6);
  const idle = found.get('kafka_server_kafkarequesthandlerpool_requesthandleravgidle_percent')!;
  expect(idle).toBeGreaterThanOrEqual(0);
  expect(idle).toBeLessThanOrEqual(1);
  expect(found.get('kafka_network_requestmetrics_totaltimems{request="Produce",quantile="0.99"}')).toBeGreaterThan(0);
});

const EXPECTED: ReadonlyMap<string, number> = new Map([
  ['kafka_server_kafkaserver_brokerstate', 3],
  ['kafka_server_brokertopicmetrics_messagesin_total{topic="orders"}', 10],
  ['kafka_server_brokertopicmetrics_messagesin_total', 10],
  ['kafka_network_requestmetrics_requests_total{request="Produce"}', 10],
  ['kafka_log_log_logendoffset{topic="orders",partition="1"}', 10],
  ['kafka_consumergroup_current_offset{consumergroup="readers",topic="orders",partition="1"}', 4],
  ['kafka_consumergroup_lag{consumergroup="readers",topic="orders",partition="1"}', 6],
  ['kafka_coordinator_group_groupmetadatamanager_numgroups', 1],
  ['kafka_controller_kafkacontroller_offlinepartitionscount', 0],
]);

test('counts of a deleted topic go on in those of the broker', async () => {
  await using broker = await Broker.start({ config: ON_ANY_PORT });
  await using client = new Client({ dial: () => broker.connect() });
  await client.admin.createTopics([{ name: 'gone' }]);
  await using producer = client.producer();
  await producer.send({ topic: 'gone', value: 'x' });
  await client.admin.deleteTopics(['gone']);
  const found = await samples(broker);
  expect(found.get('kafka_server_brokertopicmetrics_messagesin_total')).toBe(1);
  expect([...found.keys()].filter((key) => key.includes('gone'))).toEqual([]);
});

test('what members of share groups have, and how far the groups are behind, is told', async () => {
  await using broker = await Broker.start({ config: ON_ANY_PORT });
  await using client = new Client({ bootstrapServers: broker.bootstrapServers });
  await client.admin.createTopics([{ name: 'orders', partitionCount: 1 }]);
  const [topic] = await client.admin.describeTopics(['orders']);
  await using producer = client.producer();
  for (let n = 0; n < 10; n++) await producer.send({ topic: 'orders', partition: 0, value: `value ${n}` });
  const offsets = [{ topic: 'orders', partition: 0, offset: 4 }];
  await client.admin.alterShareGroupOffsets('workers', offsets);
  const worker = { groupId: 'workers', id: 'w', topicId: topic!.topicId };
  const member = await TestShareMember.connect(broker, worker);
  expect(await member.take()).toHaveLength(6);
  await member.acknowledge([[5, 6, 1]]);
  const found = await samples(broker);
  const labels = 'topic="orders",partition="0"';
  expect(found.get('kafka_coordinator_group_group_coordinator_metrics_share_group_count{state="empty"}')).toBe(1);
  expect(found.get('kafka_server_sharesessioncache_sharesessionscount')).toBe(1);
  expect(found.get(`kafka_server_sharepartitionmetrics_inflightmessagecount{group="workers",${labels}}`)).toBe(4);
  expect(found.get(`kafka_sharegroup_start_offset{sharegroup="workers",${labels}}`)).toBe(4);
  expect(found.get(`kafka_sharegroup_lag{sharegroup="workers",${labels}}`)).toBe(4);
  await member.fetch({ shareSessionEpoch: -1 });
  const after = await samples(broker);
  expect(after.get('kafka_server_sharesessioncache_sharesessionscount')).toBe(0);
  // What nobody reads is not kept in memory.
  expect([...after.keys()].filter((key) => key.startsWith('kafka_server_sharepartitionmetrics'))).toEqual([]);
});

test('lags are known after a restart; health tells a partition that is offline, and is ready without it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-health-'));
  try {
    const config = ON_ANY_PORT;
    {
      await using broker = await Broker.start({ data: folder, config });
      await using client = new Client({ dial: () => broker.connect() });
      await client.admin.createTopics([{ name: 'kept', partitionCount: 1 }]);
      await using producer = client.producer();
      await producer.send({ topic: 'kept', value: 'x' });
      await client.admin.alterGroupOffsets('late', [{ topic: 'kept', partition: 0, offset: 0 }]);
    }
    {
      // Nobody has used the log since the start.
      await using again = await Broker.start({ data: folder, config });
      const lag = 'kafka_consumergroup_lag{consumergroup="late",topic="kept",partition="0"}';
      expect((await samples(again)).get(lag)).toBe(1);
    }
    rmSync(join(folder, '.kafka_cleanshutdown'));
    // A folder where a file should be: this partition can't be opened, the others can.
    rmSync(join(folder, 'kept-0/00000000000000000000.log'));
    mkdirSync(join(folder, 'kept-0/00000000000000000000.log'));
    await using broker = await Broker.start({ data: folder, config });
    const health = await page(broker, '/health');
    expect(health.status).toBe(200);
    expect(JSON.parse(health.text)).toMatchObject({ state: 'ready', isReady: true, offlinePartitions: ['kept-0'] });
    expect((await samples(broker)).get('kafka_server_replicamanager_offlinereplicacount')).toBe(1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('other pages and methods are refused, a broker without the config has no pages', async () => {
  await using broker = await Broker.start({ config: ON_ANY_PORT });
  expect((await page(broker, '/health/live')).status).toBe(200);
  expect((await page(broker, '/health/ready')).status).toBe(200);
  expect((await page(broker, '/')).status).toBe(404);
  const posted = await fetch(`http://127.0.0.1:${broker.metricsPort}/metrics`, { method: 'POST' });
  expect(posted.status).toBe(405);
  await using other = await Broker.start();
  expect(other.metricsPort).toBe(null);
  const taken = { 'metrics.listener': `http://127.0.0.1:${broker.metricsPort}` };
  await expect(Broker.start({ config: taken })).rejects.toMatchObject({ code: 'ADDRESS_IN_USE' });
});

test('before it serves, a broker says how far its recovery is', async () => {
  const status = await Status.start({ host: '127.0.0.1', port: 0 }, silentLogger, Date.now());
  try {
    const health = async () => {
      const response = await fetch(`http://127.0.0.1:${status.port}/health/ready`);
      return [response.status, (await response.json()) as unknown] as const;
    };
    expect(await health()).toMatchObject([503, { state: 'starting', recovery: null }]);
    status.recovering({ done: 3, total: 10 });
    expect(await health()).toMatchObject([503, { state: 'recovering', recovery: { done: 3, total: 10 } }]);
    const metrics = await fetch(`http://127.0.0.1:${status.port}/metrics`);
    expect(await metrics.text()).toContain('kafka_server_kafkaserver_brokerstate 2\n');
  } finally {
    await status.close();
  }
});

test('labels are escaped, numbers are written as Prometheus reads them', () => {
  const text = new Exposition();
  text.gauge('g', 'a\nb').add(Number.POSITIVE_INFINITY, { name: 'a"b\\c\nd' }).add(1e21);
  expect(text.toString()).toBe('# HELP g a\\nb\n# TYPE g gauge\ng{name="a\\"b\\\\c\\nd"} +Inf\ng 1e+21\n');
});

test('the address is read in its short and its long form', () => {
  expect(parseStatusListener('http://[::1]:9404/')).toEqual({ host: '::1', port: 9404 });
  expect(parseStatusListener(':9404')).toEqual({ host: '0.0.0.0', port: 9404 });
  expect(() => parseStatusListener('https://x:1')).toThrow('metrics.listener');
});
