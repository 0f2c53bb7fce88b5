import { createServer } from 'node:net';
import type { Service } from '../../engine/test-support/service.ts';
import { KsqlServer } from '../ksql-server.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server over an engine of its own, which the others of the service can ask. */
export async function serverOf(
  service: Service,
  name: string,
  settings: Record<string, string> = {},
): Promise<KsqlServer> {
  const port = await freePort();
  const config = { 'ksql.advertised.listener': `http://127.0.0.1:${port}`, ...settings };
  return KsqlServer.start({ engine: await service.engine(name, { config }), port });
}

type Answer = { readonly status: number; readonly rows: unknown[] };

/** The rows of a pull query. */
export async function query(server: KsqlServer, ksql: string, streamsProperties: object = {}): Promise<Answer> {
  const body = JSON.stringify({ ksql, streamsProperties });
  const response = await fetch(`${server.url}/query`, { method: 'POST', body });
  const text = await response.text();
  const elements = JSON.parse(text) as { readonly row?: { readonly columns: unknown[] } }[];
  if (!response.ok) throw new Error(text);
  return { status: response.status, rows: elements.flatMap(({ row }) => (row === undefined ? [] : [row.columns])) };
}

/** What a statement is answered with. */
// biome-ignore lint/suspicious/noExplicitAny: what the test looks at says what it is
export async function statement(server: KsqlServer, ksql: string): Promise<any> {
  const response = await fetch(`${server.url}/ksql`, { method: 'POST', body: JSON.stringify({ ksql }) });
  const [entity] = (await response.json()) as unknown[];
  return entity;
}
