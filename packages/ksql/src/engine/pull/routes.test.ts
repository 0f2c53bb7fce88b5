import { FakeClock } from '@millrace/base/testing';
import type { KafkaStreams } from '@millrace/streams';
import { expect, test } from 'vitest';
import type { KsqlConfig } from '../../lib/ksql-config.ts';
import { peerSettings } from '../peers/peer-settings.ts';
import { ServiceHosts } from '../peers/service-hosts.ts';
import type { Materialization } from './materialization.ts';
import { nextRoutes, routesOf, sharesOf } from './routes.ts';

// Two partitions: 0 is held by b and copied at a and c, 1 is held here.
const PLACES = {
  total: 2,
  local: [1],
  owners: new Map([
    [0, 'b:1'],
    [1, 'a:1'],
  ]),
  standbys: new Map([[0, ['c:1', 'a:1']]]),
};
const SCAN = { kind: 'scan', start: {}, end: {} } as never;
const COPIES = { 'ksql.query.pull.enable.standby.reads': true };

function routesWith(config: KsqlConfig, prepare: (hosts: ServiceHosts) => void = () => {}) {
  const { heartbeats } = peerSettings({ 'ksql.heartbeat.enable': true });
  const hosts = new ServiceHosts({ own: 'a:1', heartbeats, clock: new FakeClock(500) });
  prepare(hosts);
  const streams = { storePartitions: () => PLACES } as unknown as KafkaStreams;
  const table = { storeName: 'store' } as Materialization;
  return routesOf(SCAN, { table, streams, applicationId: 'app', hosts, own: 'a:1', config });
}

const dead = (server: string) => (hosts: ServiceHosts) => {
  hosts.discover(new Set([server]));
  hosts.check();
};

const lagged = (server: string, current: number, end: number) => (hosts: ServiceHosts) => {
  const lag = { currentOffsetPosition: current, endOffsetPosition: end, offsetLag: end - current };
  const stateStoreLags = { 'app#store': { lagByPartition: { 0: lag }, size: 1 } };
  hosts.reportLags(server, { stateStoreLags, updateTimeMs: 1 });
};

test('who holds a partition is asked for it, and nobody else unless copies may be', () => {
  expect(sharesOf(routesWith({}))).toMatchObject([
    { server: 'b:1', isActive: true, partitions: [0] },
    { server: null, isActive: true, partitions: [1] },
  ]);
  expect(nextRoutes(routesWith({}), sharesOf(routesWith({}))[0]!)).toBeNull();
});

test('copies come after who holds it, those here first', () => {
  const routes = routesWith(COPIES);
  expect(routes[0]!.places.map(({ server, isActive }) => [server, isActive])).toEqual([
    ['b:1', true],
    [null, false],
    ['c:1', false],
  ]);
  const next = nextRoutes(routes, sharesOf(routes)[0]!)!;
  expect(sharesOf(next)).toMatchObject([{ server: null, isActive: false, partitions: [0] }]);
});

test('a dead engine is passed over, and told with the reason where nobody is left', () => {
  expect(routesWith(COPIES, dead('b:1'))[0]!.places[0]).toMatchObject({ server: null, isActive: false });
  expect(() => routesWith({}, dead('b:1'))).toThrow(
    'Unable to execute pull query. [Partition 0 failed to find valid host. Hosts scanned: ' +
      '[b:1 was not selected because Host is not alive as of 500]]',
  );
});

test('what nobody holds now is being moved; who holds it without an address is asked for one', () => {
  const owners = PLACES.owners;
  owners.delete(0);
  expect(() => routesWith({})).toThrow(expect.objectContaining({ code: 'PARTITIONS_MOVED' }));
  (owners as Map<number, string | null>).set(0, null);
  expect(() => routesWith({})).toThrow('do not tell where they are');
  owners.set(0, 'b:1');
});

test('a copy that is too far behind, by the furthest end that anybody told, is passed over', () => {
  const config = { ...COPIES, 'ksql.query.pull.max.allowed.offset.lag': 3 };
  const late = (hosts: ServiceHosts): void => {
    lagged('b:1', 20, 20)(hosts);
    lagged('c:1', 12, 12)(hosts);
    lagged('a:1', 18, 19)(hosts);
  };
  expect(routesWith(config, late)[0]!.places.map(({ server }) => server)).toEqual(['b:1', null]);
  expect(routesWith({ ...config, 'ksql.query.pull.max.allowed.offset.lag': 8 }, late)[0]!.places).toHaveLength(3);
});
