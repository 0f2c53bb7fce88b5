import type { FastifyInstance } from 'fastify';
import { QUERIES_HERE_PATH } from '../../engine/peers/queries-elsewhere.ts';
import { type StoreLags, serversIn, type TablePlaces } from '../../engine/table-places.ts';
import type { ServerContext } from '../server-context.ts';
import { KSQLDB_VERSION } from './info.ts';

/** What is asked of the cluster. Who is in it, and who holds what, the groups of the queries tell. */
export function clusterRoutes(server: FastifyInstance, { engine, clock }: ServerContext): void {
  server.get('/clusterStatus', async (request) => {
    const ids = engine
      .queriesHere()
      .filter(({ queryType }) => queryType === 'PERSISTENT')
      .map(({ id }) => id);
    const places = engine.tablePlaces();
    const own = engine.address ?? request.host;
    const hosts = new Set([own, ...serversIn(places)]);
    const lags = Object.fromEntries((await engine.storeLags()).map(lagsOfStore));
    const lastStatusUpdateMs = clock.wallMs();
    const status = (host: string): object => ({
      hostAlive: true,
      lastStatusUpdateMs,
      activeStandbyPerQuery: Object.fromEntries(ids.map((id) => [id, storesAt(host, id, places)])),
      hostStoreLags: { stateStoreLags: host === own ? lags : {}, updateTimeMs: lastStatusUpdateMs },
    });
    return { clusterStatus: Object.fromEntries([...hosts].map((host) => [host, status(host)])) };
  });
  for (const path of ['/heartbeat', '/lag']) server.post(path, async () => ({ isOk: true }));
  server.post(QUERIES_HERE_PATH, async () => engine.queriesHere());
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

function lagsOfStore({ applicationId, store, lags }: StoreLags) {
  const byPartition = lags.map(({ partition, currentOffset, endOffset, offsetLag }) => {
    return [partition, { currentOffsetPosition: currentOffset, endOffsetPosition: endOffset, offsetLag }] as const;
  });
  return [`${applicationId}#${store}`, { lagByPartition: Object.fromEntries(byPartition), size: lags.length }] as const;
}
