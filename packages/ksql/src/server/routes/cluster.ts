import type { FastifyInstance } from 'fastify';
import type { QueriesList } from '../../engine/results.ts';
import type { ServerContext } from '../server-context.ts';
import { KSQLDB_VERSION } from './info.ts';

/** What servers ask each other, answered by the one server that there is; and what clients ask of the cluster. */
export function clusterRoutes(server: FastifyInstance, { engine, clock }: ServerContext): void {
  server.get('/clusterStatus', async (request) => {
    const [queries] = (await engine.execute('SHOW QUERIES;')) as [QueriesList];
    const none = { activeStores: [], activePartitions: [], standByStores: [], standByPartitions: [] };
    const persistent = queries.queries.filter(({ queryType }) => queryType === 'PERSISTENT');
    const now = clock.wallMs();
    const self = {
      hostAlive: true,
      lastStatusUpdateMs: now,
      activeStandbyPerQuery: Object.fromEntries(persistent.map(({ id }) => [id, none])),
      hostStoreLags: { stateStoreLags: {}, updateTimeMs: now },
    };
    return { clusterStatus: { [request.host]: self } };
  });
  for (const path of ['/heartbeat', '/lag']) server.post(path, async () => ({ isOk: true }));
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
