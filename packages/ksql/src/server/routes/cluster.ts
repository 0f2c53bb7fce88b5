import type { FastifyInstance } from 'fastify';
import { HEARTBEAT_PATH, LAG_PATH } from '../../engine/peers/peer-agent.ts';
import { QUERIES_HERE_PATH, type QueriesHereRequest } from '../../engine/peers/queries-elsewhere.ts';
import type { HostStoreLags } from '../../engine/peers/service-hosts.ts';
import { TOPIC_STATS_PATH, type TopicStatsRequest } from '../../engine/peers/topic-stats-elsewhere.ts';
import type { TablePlaces } from '../../engine/table-places.ts';
import { HEARTBEAT_BODY, type HeartbeatBody, LAG_BODY, type LagBody } from '../requests.ts';
import { ERROR_CODES, genericError, RestError } from '../rest-error.ts';
import type { ServerContext } from '../server-context.ts';
import { KSQLDB_VERSION } from './info.ts';

/** What is asked of the cluster, and what its engines tell each other. */
export function clusterRoutes(server: FastifyInstance, context: ServerContext): void {
  const { engine } = context;
  peerRoutes(server, context);
  server.post<{ Body: QueriesHereRequest }>(QUERIES_HERE_PATH, { schema: { body: namesOf('tasksOf') } }, ({ body }) =>
    engine.queriesHere(body),
  );
  server.post<{ Body: TopicStatsRequest }>(TOPIC_STATS_PATH, { schema: { body: namesOf('topics') } }, ({ body }) =>
    engine.topicStatsHere(body.topics),
  );
  server.get<{ Params: { name: string } }>('/is_valid_property/:name', async ({ params: { name } }) => {
    engine.checkProperty(name);
    return true;
  });
  const metadata = async (): Promise<object> => {
    const { serviceId, kafkaClusterId } = await engine.info();
    const clusters = { 'kafka-cluster': kafkaClusterId, 'ksql-cluster': serviceId };
    return { scope: { path: [], clusters }, id: '' };
  };
  server.get('/v1/metadata', async () => ({ version: KSQLDB_VERSION, clusterId: await metadata() }));
  server.get('/v1/metadata/id', metadata);
  for (const path of ['/chc/ready', '/chc/live']) server.get(path, (_request, reply) => reply.code(200).send());
}

/** A body that is a list of names. */
function namesOf(field: string): object {
  return { type: 'object', required: [field], properties: { [field]: { type: 'array', items: { type: 'string' } } } };
}

const NO_LAGS: HostStoreLags = { stateStoreLags: {}, updateTimeMs: 0 };

/** `/clusterStatus`, `/heartbeat` and `/lag`. Who hears no beats or reports has nobody to take them, as in ksqlDB. */
function peerRoutes(server: FastifyInstance, { engine }: ServerContext): void {
  server.get('/clusterStatus', async (request) => {
    const places = engine.tablePlaces();
    const { hosts } = engine.peers;
    const own = engine.address ?? request.host;
    const lags = await engine.storeLags();
    const status = (host: string): object => ({
      ...hosts.status(host),
      activeStandbyPerQuery: placesAt(host, places),
      hostStoreLags: host === own ? lags : (hosts.lags(host) ?? NO_LAGS),
    });
    const all = [...new Set([own, ...hosts.statuses().keys()])];
    return { clusterStatus: Object.fromEntries(all.map((host) => [host, status(host)])) };
  });
  server.post<{ Body: HeartbeatBody }>(HEARTBEAT_PATH, { schema: { body: HEARTBEAT_BODY } }, async ({ body }) => {
    const { hosts, hearsBeats } = engine.peers;
    if (!hearsBeats) throw notWatched('ksql.heartbeat.enable');
    hosts.beat(body.hostInfo);
    return { isOk: true };
  });
  server.post<{ Body: LagBody }>(LAG_PATH, { schema: { body: LAG_BODY } }, async ({ body }) => {
    const { hosts, hearsLags } = engine.peers;
    if (!hearsLags) throw notWatched('ksql.lag.reporting.enable');
    hosts.reportLags(body.ksqlHost, body.hostStoreLags);
    return { isOk: true };
  });
}

function notWatched(setting: string): RestError {
  return new RestError(genericError(ERROR_CODES.notFound, `${setting} is off at this server`));
}

/** What of each query's table is at a host; of queries with no table there is nothing to tell. */
function placesAt(host: string, places: readonly TablePlaces[]): object {
  const ids = new Set(places.filter((place) => isAt(host, place)).map(({ queryId }) => queryId));
  return Object.fromEntries([...ids].map((id) => [id, storesAt(host, id, places)]));
}

function isAt(host: string, { owners, standbys }: TablePlaces): boolean {
  return [...owners.values()].includes(host) || [...standbys.values()].some((held) => held.includes(host));
}

/** What of a query's table is at a host. */
function storesAt(host: string, queryId: string, places: readonly TablePlaces[]): object {
  const ofQuery = places.filter((place) => place.queryId === queryId);
  const active = ofQuery.flatMap((place) => {
    return [...place.owners].flatMap(([partition, owner]) => (owner === host ? [{ place, partition }] : []));
  });
  const standBy = ofQuery.flatMap((place) => {
    return [...place.standbys].flatMap(([partition, held]) => (held.includes(host) ? [{ place, partition }] : []));
  });
  const stores = (parts: typeof active) => [...new Set(parts.map(({ place }) => place.store))];
  const partitions = (parts: typeof active) =>
    parts.map(({ place, partition }) => ({ topic: place.changelogTopic, partition }));
  return {
    activeStores: stores(active),
    activePartitions: partitions(active),
    standByStores: stores(standBy),
    standByPartitions: partitions(standBy),
  };
}
