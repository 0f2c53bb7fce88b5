import { silentLogger, systemClock, systemRandom } from '@millrace/base';
import { Client } from '@millrace/client';
import { SharedSources } from '../compile/shared-sources.ts';
import { builtInFunctions } from '../functions/built-in.ts';
import { numberSetting } from '../lib/ksql-config.ts';
import { configuredRegistry } from '../registry/configured-registry.ts';
import { advertisedHost } from './advertised-host.ts';
import { backOffOf } from './back-off.ts';
import { CommandStatuses } from './command-statuses.ts';
import { ConnectClient } from './connect/connect-client.ts';
import { CONFIG_DEFAULTS, normaliseConfig } from './engine-config.ts';
import type { KsqlEngineOptions } from './engine-options.ts';
import type { EngineParts } from './engine-parts.ts';
import { keptSettings } from './headless/kept-settings.ts';
import { queriesFileOf } from './headless/queries-file.ts';
import { peerSettings } from './peers/peer-settings.ts';
import { ServiceHosts } from './peers/service-hosts.ts';
import { persistentQueryRun } from './persistent-query.ts';
import { openProcessingLog } from './processing-log.ts';
import { processingLogSettings } from './processing-log-topic.ts';
import { LeakedQueries } from './push/leaked-queries.ts';
import { TransientQueries } from './push/transient-queries.ts';
import { errorClassifier } from './query-errors.ts';
import type { QueryRun } from './query-run.ts';
import { type Ground, readLog } from './read-log.ts';
import { RecordWriter } from './record-writer.ts';
import { RunningQueries } from './running-queries.ts';
import { stateFolder } from './state-folder.ts';
import { StatisticsSampler } from './statistics/statistics-sampler.ts';
import { TopicStatistics } from './statistics/topic-statistics.ts';
import { Topics } from './topics.ts';

/** Of one record; the client's `retryTimeoutMs` where it is set. */
const WRITE_TIMEOUT_MS = 30_000;

/** ksqlDB's: each is an application of its own. */
const MAX_PUSH_QUERIES = 'ksql.max.push.queries';
const PUSH_QUERIES_MAX = 100;

/** The table of contents of an engine: its parts, in the order in which they start. */
export async function startParts(options: KsqlEngineOptions, signal: AbortSignal | undefined): Promise<EngineParts> {
  const ground = await startGround(options, signal);
  try {
    return await readLog(ground, signal);
  } catch (thrown) {
    await ground.sampler.close();
    await ground.leaked.close();
    await ground.running.close();
    await ground.processingLog.close?.();
    await ground.client.close();
    await ground.folder.close();
    throw thrown;
  }
}

async function startGround(options: KsqlEngineOptions, signal: AbortSignal | undefined): Promise<Ground> {
  const { serviceId = 'default_', stateDir, functions = builtInFunctions(), schemaRegistry } = options;
  const { logger = silentLogger, clock = systemClock, random = systemRandom } = options;
  const given = { ...CONFIG_DEFAULTS, 'ksql.service.id': serviceId, ...normaliseConfig(options.config ?? {}) };
  const advertised = advertisedHost(given);
  const client = new Client(options);
  const writer = new RecordWriter({ client, clock, timeoutMs: options.retryTimeoutMs ?? WRITE_TIMEOUT_MS });
  const config = await closingOnFailure(client, async () =>
    queriesFileOf(given) === null ? given : keptSettings(given, { client, writer, clock, serviceId, signal }),
  );
  const topics = new Topics(client.admin);
  const ownRegistry = schemaRegistry === undefined ? configuredRegistry(config) : undefined;
  const registry = schemaRegistry ?? ownRegistry;
  const settings = processingLogSettings(config, serviceId);
  const statistics = new TopicStatistics(clock);
  const logging = { client, clock, logger, topics, settings, statistics };
  const processingLog = await closingOnFailure(client, () => openProcessingLog(logging));
  const folder = stateFolder(stateDir);
  const sources = new SharedSources();
  const runs = new Set<QueryRun>();
  const sampler = new StatisticsSampler({ runs, statistics, clock, logger });
  const shared = { client, functions, registry, serviceId, advertised, logger, clock, processingLog, sources, runs };
  const host = { ...shared, stateDir: folder.path };
  return {
    ...host,
    ...{ config, topics, folder, ownRegistry, statistics, sampler, pullParts: { local: 0, remote: 0 } },
    hosts: new ServiceHosts({ own: advertised?.server ?? null, heartbeats: peerSettings(config).heartbeats, clock }),
    connect: () => new ConnectClient(config, clock),
    leaked: new LeakedQueries({ ...host, config }),
    statuses: new CommandStatuses(),
    writer,
    transient: new TransientQueries({ logger, random, max: numberSetting(config, MAX_PUSH_QUERIES, PUSH_QUERIES_MAX) }),
    running: new RunningQueries({
      logger,
      clock,
      backOff: backOffOf(config),
      classify: errorClassifier(config),
      open: (query, onFailure) => persistentQueryRun(query, host, onFailure),
    }),
  };
}

async function closingOnFailure<T>(client: Client, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    await client.close();
    throw thrown;
  }
}

/** First those who ask, then those who are asked; a part that fails to close does not keep the next from closing. */
export async function closeParts(parts: EngineParts, timeoutMs: number): Promise<void> {
  const deadlineMs = parts.clock.monotonicMs() + timeoutMs;
  for (const part of [
    parts.agent,
    parts.sampler,
    parts.leaked,
    parts.transient,
    parts.log,
    parts.running,
    parts.writer,
    parts.processingLog,
    parts.client,
    parts.folder,
    parts.ownRegistry,
  ]) {
    const leftMs = Math.max(0, deadlineMs - parts.clock.monotonicMs());
    await part?.close?.({ timeoutMs: leftMs }).catch((error: unknown) => {
      parts.logger.warn('A part of the engine did not close cleanly', { error: String(error) });
    });
  }
}
