import type { Logger } from '@millrace/base';
import { Client } from '@millrace/client';
import { restoreCommandTopic } from '../engine/command-backup/restore-backup.ts';
import type { KsqlEngineOptions } from '../engine/engine-options.ts';
import type { RegistryStore } from '../registry/registry-store.ts';
import { SchemaRegistryServer } from '../registry/schema-registry-server.ts';
import { TopicRegistry } from '../registry/topic-registry.ts';
import { parse } from '../syntax/parse.ts';
import { loadFastify } from './http-server.ts';
import { KsqlServer } from './ksql-server.ts';
import type { EmbeddedBroker, ServerProcess, Settings } from './server-process.ts';

// What the process `millrace ksql-server` runs once it knows its settings. It is most of the program, and loaded while a
// broker of its own starts.

/** Any statement of the common kind: what reading it takes is worked out once. */
const SOME_STATEMENT = 'CREATE TABLE a AS SELECT b, SUM(c) AS d FROM e GROUP BY b;';

/** Does beforehand what the first statement and the first request would have to wait for. */
export async function prepare(): Promise<void> {
  for (const statement of parse(SOME_STATEMENT)) statement.build();
  await loadFastify();
}

type RunOptions = {
  readonly settings: Settings;
  readonly broker: EmbeddedBroker | null;
  readonly logger: Logger;
  readonly on: ServerProcess;
};

/** Runs until the process is to stop. */
export async function runServer({ settings, broker, logger, on }: RunOptions): Promise<void> {
  const { engine, bootstrapServers, host, port, tls, authentication } = settings;
  const client: KsqlEngineOptions = broker?.client ?? { bootstrapServers };
  if (settings.restoreFrom !== null) return restore(client, settings.restoreFrom, settings, on);
  await using schemas = await ownSchemas(client, settings, logger);
  const registry = schemas === null ? {} : { schemaRegistry: schemas.store };
  await using server = await KsqlServer.start({
    engine: { ...client, ...registry, ...engine, logger },
    ...{ host, port, tls, authentication, logger },
  });
  on.stdout.write(`millrace ksql-server ready: ${server.url}\n`);
  await Promise.race([on.stopSignal, server.engine.ended]);
}

async function restore(
  options: KsqlEngineOptions,
  path: string,
  { engine: { serviceId = 'default_' } }: Settings,
  on: ServerProcess,
): Promise<void> {
  const client = new Client(options);
  try {
    const { topic, recordCount } = await restoreCommandTopic(client, { path, serviceId });
    on.stdout.write(`millrace ksql-server: ${recordCount} records of ${path} were written to ${topic}\n`);
  } finally {
    await client.close();
  }
}

const REGISTRY_URL = 'ksql.schema.registry.url';

/** An embedded broker has a registry beside it, whose schemas are in a topic of it; unless the settings name another. */
async function ownSchemas(
  client: KsqlEngineOptions,
  { engine, isEmbedded, registryPort, host }: Settings,
  logger: Logger,
): Promise<({ readonly store: RegistryStore } & AsyncDisposable) | null> {
  if (!isEmbedded || engine.config[REGISTRY_URL] !== undefined) return null;
  const own = new Client(client);
  const topic = await TopicRegistry.open(own, logger);
  const { store } = topic;
  const server = registryPort === null ? null : await SchemaRegistryServer.start({ host, port: registryPort, store });
  if (server !== null) logger.info('The schema registry is served', { url: server.url });
  return {
    store,
    async [Symbol.asyncDispose]() {
      await server?.close();
      await topic.close();
      await own.close();
    },
  };
}
