import { describeError } from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import type { ServerContext } from '../server-context.ts';

/** The version of ksqlDB whose endpoints these are: clients decide by it what they may ask for. */
export const KSQLDB_VERSION = '0.29.0';

/** `GET /info`, and `GET /` which leads there. */
export function infoRoutes(server: FastifyInstance, { engine }: ServerContext): void {
  server.get('/info', async () => {
    const { serviceId, kafkaClusterId } = await engine.info();
    const info = {
      version: KSQLDB_VERSION,
      kafkaClusterId,
      ksqlServiceId: serviceId,
      serverStatus: engine.commandRunner.status,
    };
    return { KsqlServerInfo: info };
  });
  server.get('/', (_request, reply) => reply.redirect('/info'));
}

const UNHEALTHY_STATUS = 503;
/** How long the brokers may take to answer before they count as gone. */
const KAFKA_TIMEOUT_MS = 3_000;

/** `GET /healthcheck`: whether statements and queries can be run now. */
export function healthcheckRoute(server: FastifyInstance, { engine, logger }: ServerContext): void {
  server.get('/healthcheck', async (_request, reply) => {
    const reached = engine.info({ signal: AbortSignal.timeout(KAFKA_TIMEOUT_MS) });
    const kafka = await reached.then(
      () => true,
      (error: unknown) => {
        logger.warn('The brokers do not answer', { error: describeError(error) });
        return false;
      },
    );
    const commandRunner = engine.commandRunner.status === 'RUNNING';
    const isHealthy = kafka && commandRunner;
    const details = {
      metastore: { isHealthy: true },
      kafka: { isHealthy: kafka },
      commandRunner: { isHealthy: commandRunner },
    };
    return reply.code(isHealthy ? 200 : UNHEALTHY_STATUS).send({ isHealthy, details, serverState: 'READY' });
  });
}
