import type { FastifyInstance } from 'fastify';
import { QUERIES_HERE_PATH } from '../../engine/peers/queries-elsewhere.ts';
import type { TablePlaces } from '../../engine/table-places.ts';
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
    const told = places.flatMap(({ owners }) => [...owners.values()].filter((host) => host !== null));
    const hosts = new Set([engine.address ?? request.host, ...told]);
    const lastStatusUpdateMs = clock.wallMs();
    const status = (host: string): object => ({
      hostAlive: true,
      lastStatusUpdateMs,
      activeStandbyPerQuery: Object.fromEntries(ids.map((id) => [id, storesAt(host, id, places)])),
      hostStoreLags: { stateStoreLags: {}, updateTimeMs: lastStatusUpdateMs },
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
  const here = places.flatMap((place) => {
    if (place.queryId !== queryId) return [];
    const partitions = [...place.owners].filter(([, owner]) => owner === host).map(([partition]) => partition);
    return partitions.map((partition) => ({ store: place.store, topic: place.changelogTopic, partition }));
  });
  return {
    activeStores: [...new Set(here.map(({ store }) => store))],
    activePartitions: here.map(({ topic, partition }) => ({ topic, partition })),
    standByStores: [],
    standByPartitions: [],
  };
}
