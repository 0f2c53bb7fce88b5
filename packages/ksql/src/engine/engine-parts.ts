import type { Clock, Closeable, Logger } from '@millrace/base';
import type { Client } from '@millrace/client';
import type { SharedSources } from '../compile/shared-sources.ts';
import type { SchemaRegistry } from '../formats/schema-registry/schema-registry.ts';
import type { FunctionRegistry } from '../functions/registry.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import type { ProcessingLog } from '../processing-log/messages.ts';
import type { AdvertisedHost } from './advertised-host.ts';
import type { CommandStatuses } from './command-statuses.ts';
import type { ConnectClient } from './connect/connect-client.ts';
import type { EngineState, Transition } from './engine-state.ts';
import type { ServiceHosts } from './peers/service-hosts.ts';
import type { TransientQueries } from './push/transient-queries.ts';
import type { QueryRun } from './query-run.ts';
import type { RecordWriter } from './record-writer.ts';
import type { RunningQueries } from './running-queries.ts';
import type { StateFolder } from './state-folder.ts';
import type { StatementLog } from './statement-log.ts';
import type { StatisticsSampler } from './statistics/statistics-sampler.ts';
import type { TopicStatistics } from './statistics/topic-statistics.ts';
import type { Topics } from './topics.ts';

/** What reading back a command came to. */
export type Applied = Transition & {
  readonly position: number;
  /** Resolves when this engine runs what the command says. */
  readonly running: Promise<void>;
};

/** An engine as its statements see it. */
export type EngineParts = {
  readonly serviceId: string;
  /** Where others reach this engine's server; null where it has none, or does not tell. */
  readonly advertised: AdvertisedHost | null;
  /** What is known of the other engines of the service. */
  readonly hosts: ServiceHosts;
  /** What watches them; null where this engine has no address that they could answer to. */
  readonly agent: Closeable | null;
  /** The engine's own settings, normalised, with defaults. */
  readonly config: KsqlConfig;
  readonly functions: FunctionRegistry;
  /** Without one, formats that need it are refused. */
  readonly registry: SchemaRegistry | undefined;
  /** The registry that the engine made by itself, and closes. */
  readonly ownRegistry: Closeable | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly processingLog: ProcessingLog & Partial<Closeable>;
  readonly client: Client;
  /** Kafka Connect, as the settings name it. @throws MillraceError `INVALID_CONFIG` */
  connect(): ConnectClient;
  /** What queries read together. */
  readonly sources: SharedSources;
  readonly stateDir: string;
  readonly folder: StateFolder;
  readonly topics: Topics;
  /** For commands and INSERT INTO … VALUES. */
  readonly writer: RecordWriter;
  readonly log: StatementLog<Applied>;
  readonly running: RunningQueries;
  readonly transient: TransientQueries;
  /** Takes away what push queries left behind. */
  readonly leaked: Closeable;
  readonly statuses: CommandStatuses;
  /** All queries that run here, push queries with them. */
  readonly runs: Set<QueryRun>;
  /** What they do with topics, as of the last `sampler.sample()`. */
  readonly statistics: TopicStatistics;
  readonly sampler: StatisticsSampler;
  /** Parts of pull queries that were answered here, and that others were asked for. */
  readonly pullParts: { local: number; remote: number };
  /** Whether the queries of some command have been on their way for longer than the settings let them. */
  isBlocked(): boolean;
  /** As of the last command that was read back. */
  state(): EngineState;
};
