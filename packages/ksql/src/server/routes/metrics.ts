import { Exposition } from '@millrace/base';
import type { FastifyInstance } from 'fastify';
import { writeEnginePage } from '../metrics/engine-page.ts';
import { writeServerPage } from '../metrics/server-page.ts';
import { writeStreamsPage } from '../metrics/streams-page.ts';
import type { ServerContext } from '../server-context.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** `GET /metrics` for Prometheus. ksqlDB has the same figures as JMX beans. */
export function metricsRoute(server: FastifyInstance, { engine, counters, clock }: ServerContext): void {
  server.get('/metrics', async (_request, reply) => {
    const figures = await engine.figures();
    const page = new Exposition();
    writeEnginePage(page, figures);
    writeStreamsPage(page, figures.streams);
    writeServerPage(page, figures, { counters, runner: engine.commandRunner, clock });
    writeProcess(page);
    return reply.type(CONTENT_TYPE).send(page.toString());
  });
}

/** Under the names of Prometheus' own client for Node.js. */
function writeProcess(page: Exposition): void {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  page.counter('process_cpu_seconds_total', 'Time that the process computed.').add((user + system) / 1e6);
  page.gauge('process_resident_memory_bytes', 'Memory of the process.').add(rss);
  page.gauge('nodejs_heap_size_used_bytes', 'Memory of objects in use.').add(heapUsed);
}
