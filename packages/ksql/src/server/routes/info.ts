import { describeError } from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import { numberSetting } from '../../lib/ksql-config.ts';
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

/** ksqlDB's: for so long an answer holds, however often it is asked for. */
const INTERVAL = 'ksql.healthcheck.interval.ms';
const INTERVAL_DEFAULT_MS = 5_000;

/** `GET /healthcheck`: whether statements and queries can be run now. Where not, it is 503; ksqlDB says 200, and why. */
export function healthcheckRoute(server: FastifyInstance, context: ServerContext): void {
  const { engine, clock } = context;
  const intervalMs = numberSetting(engine.config, INTERVAL, INTERVAL_DEFAULT_MS);
  let last: { readonly atMs: number; readonly reached: Promise<boolean> } | null = null;
  server.get('/healthcheck', async (_request, reply) => {
    const nowMs = clock.monotonicMs();
    if (last === null || nowMs - last.atMs >= intervalMs) last = { atMs: nowMs, reached: reachesBrokers(context) };
    const kafka = await last.reached;
    // What is known without asking anybody is told as it is.
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

async function reachesBrokers({ engine, logger }: ServerContext): Promise<boolean> {
  try {
    await engine.info({ signal: AbortSignal.timeout(KAFKA_TIMEOUT_MS) });
    return true;
  } catch (thrown) {
    logger.warn('The brokers do not answer', { error: describeError(thrown) });
    return false;
  }
}
