import { setTimeout as sleep } from 'node:timers/promises';
import type { KsqlClient } from '../rest-client/ksql-client.ts';
import { printString } from '../syntax/names.ts';
import type { MigrationConfig } from './migration-config.ts';
import { migrationError, reasonOf } from './migration-error.ts';
import { checksumOf, type MigrationFile, type Report } from './migration-files.ts';

export type MigrationState = 'PENDING' | 'RUNNING' | 'MIGRATED' | 'ERROR';

/** What the table knows of a version. Times are milliseconds since 1970, as text. */
export type VersionInfo = {
  readonly version: number;
  readonly name: string;
  readonly state: MigrationState;
  readonly checksum: string;
  readonly startedOn: string;
  readonly completedOn: string;
  /** Null for the first. */
  readonly previous: number | null;
  readonly errorReason: string;
};

/** One more event of a version. */
export type VersionEvent = {
  readonly state: MigrationState;
  readonly file: MigrationFile;
  readonly previous: number | null;
  readonly startedOn: string;
  readonly completedOn: string;
  readonly errorReason?: string;
};

const NO_VERSION = '<none>';
const CURRENT = 'CURRENT';
const NO_ERROR = 'N/A';

/** The table follows the stream a moment later; who waits for it asks so often, so long. */
const FOLLOW_WAIT_MS = 100;
const FOLLOW_TRIES_MAX = 100;

/** What was applied to a server, kept in a stream and a table there, as ksql-migrations keeps it. */
export class MigrationMetadata {
  readonly #client: KsqlClient;
  readonly #config: MigrationConfig;

  constructor(client: KsqlClient, config: MigrationConfig) {
    this.#client = client;
    this.#config = config;
  }

  /** Makes the stream and the table. */
  async initialize(report: Report): Promise<void> {
    const { streamName, tableName, streamTopic, tableTopic, replicas } = this.#config;
    const { ksqlServiceId } = await this.#client.serverInfo();
    await this.#create('stream', streamName, report, [
      `CREATE STREAM ${streamName} (version_key STRING KEY, ${COLUMNS.map((name) => `${name} STRING`).join(', ')})`,
      `WITH (KAFKA_TOPIC=${printString(streamTopic ?? `${ksqlServiceId}ksql_${streamName}`)},`,
      `VALUE_FORMAT='JSON', PARTITIONS=1, REPLICAS=${replicas});`,
    ]);
    await this.#create('table', tableName, report, [
      `CREATE TABLE ${tableName}`,
      `WITH (KAFKA_TOPIC=${printString(tableTopic ?? `${ksqlServiceId}ksql_${tableName}`)}) AS SELECT version_key,`,
      COLUMNS.map((name) => `LATEST_BY_OFFSET(${name}) AS ${name}`).join(', '),
      `FROM ${streamName} GROUP BY version_key;`,
    ]);
    await report('Migrations metadata initialized successfully');
  }

  /** @throws MillraceError `MIGRATION` where the stream or the table is not there */
  async checkInitialized(): Promise<void> {
    const { streamName, tableName } = this.#config;
    for (const [type, name] of [
      ['stream', streamName],
      ['table', tableName],
    ] as const) {
      await this.#client.describeSource(name).catch((thrown: unknown) => {
        throw migrationError(
          `Failed to verify existence of migrations metadata ${type} '${name}'. ` +
            `Did you run \`ksql-migrations initialize-metadata\`? Error message: ${reasonOf(thrown)}`,
        );
      });
    }
  }

  /** The version that was last begun. */
  async current(): Promise<number | null> {
    const rows = await this.#rows('version', [CURRENT], (reason) => {
      return `Could not query ${this.#config.tableName}: ${reason}`;
    });
    return rows[0] === undefined ? null : versionOf(String(rows[0].VERSION));
  }

  /** The version that was last applied to its end. */
  async latestMigrated(): Promise<number | null> {
    const current = await this.current();
    if (current === null) return null;
    const { state, previous } = await this.info(current);
    if (state === 'MIGRATED') return current;
    if (previous === null) return null;
    checkMigrated(await this.info(previous), current);
    return previous;
  }

  async info(version: number): Promise<VersionInfo> {
    const [info] = await this.infos([version]);
    if (info !== undefined) return info;
    throw migrationError(
      `Failed to query state for migration with version ${version}: ` +
        'no such migration is present in the migrations metadata table',
    );
  }

  /** Of those versions that the table knows. */
  async infos(versions: readonly number[]): Promise<readonly VersionInfo[]> {
    const rows = await this.#rows(COLUMNS.join(', '), versions.map(String), (reason) => {
      return `Failed to query state for migration with versions ${versions.join(', ')}: ${reason}`;
    });
    return rows.map((row) => ({
      version: Number(row.VERSION),
      name: String(row.NAME),
      state: row.STATE as MigrationState,
      checksum: String(row.CHECKSUM),
      startedOn: String(row.STARTED_ON),
      completedOn: String(row.COMPLETED_ON),
      previous: versionOf(String(row.PREVIOUS)),
      errorReason: String(row.ERROR_REASON),
    }));
  }

  /** Writes an event down, for the version and for what is current, and waits until the table has it. */
  async write({ state, file, previous, startedOn, completedOn, errorReason = NO_ERROR }: VersionEvent): Promise<void> {
    for (const versionKey of [CURRENT, String(file.version)]) {
      await this.#client.insertInto(this.#config.streamName, {
        VERSION_KEY: versionKey,
        VERSION: String(file.version),
        NAME: file.name,
        STATE: state,
        CHECKSUM: checksumOf(file),
        STARTED_ON: startedOn,
        COMPLETED_ON: completedOn,
        PREVIOUS: previous === null ? NO_VERSION : String(previous),
        ERROR_REASON: errorReason,
      });
    }
    for (let tries = 0; tries < FOLLOW_TRIES_MAX; tries++) {
      const [info] = await this.infos([file.version]);
      if (info?.state === state && info.startedOn === startedOn) return;
      await sleep(FOLLOW_WAIT_MS);
    }
    throw migrationError(`Failed to verify status of version ${file.version}`);
  }

  /** Takes the table and the stream away, with their topics. */
  async destroy(report: Report): Promise<void> {
    const { streamName, tableName } = this.#config;
    await report('Cleaning migrations metadata stream and table from ksqlDB server');
    const isNamed = (name: string) => (source: { readonly name: string }) => {
      return source.name.toUpperCase() === name.toUpperCase();
    };
    if ((await this.#client.listTables()).some(isNamed(tableName))) {
      await this.#terminateWriter(tableName, report);
      await this.#drop('table', tableName, report);
    } else await report('Metadata table does not exist. Skipping cleanup.');
    if ((await this.#client.listStreams()).some(isNamed(streamName))) await this.#drop('stream', streamName, report);
    else await report('Metadata stream does not exist. Skipping cleanup.');
    await report('Migrations metadata cleaned successfully');
  }

  async #terminateWriter(tableName: string, report: Report): Promise<void> {
    const { writeQueries } = await this.#client.describeSource(tableName);
    if (writeQueries.length > 1) {
      const ids = writeQueries.map(({ id }) => `'${id}'`).join(', ');
      throw migrationError(`Found multiple queries writing to metadata table. Query IDs: ${ids}.`);
    }
    for (const { id } of writeQueries) {
      await report(`Terminating query with ID: ${id}`);
      await this.#client.executeStatement(`TERMINATE ${id};`).catch((thrown: unknown) => {
        const reason = reasonOf(thrown);
        throw migrationError(`Failed to terminate query populating metadata table. Query ID: ${id}. Error: ${reason}`);
      });
    }
  }

  async #drop(type: 'stream' | 'table', name: string, report: Report): Promise<void> {
    await report(`Dropping migrations metadata ${type}: ${name}`);
    await this.#client.executeStatement(`DROP ${type.toUpperCase()} ${name} DELETE TOPIC;`).catch((thrown: unknown) => {
      throw migrationError(`Failed to drop metadata ${type} '${name}': ${reasonOf(thrown)}`);
    });
  }

  async #create(type: string, name: string, report: Report, lines: readonly string[]): Promise<void> {
    await report(`Creating ${type}: ${name}`);
    await this.#client.executeStatement(lines.join(' ')).catch((thrown: unknown) => {
      throw migrationError(`Failed to create ${type} ${name}: ${reasonOf(thrown)}`);
    });
  }

  async #rows(columns: string, keys: readonly string[], failure: (reason: string) => string) {
    if (keys.length === 0) return [];
    const condition = keys.map(printString).join(', ');
    const sql = `SELECT ${columns} FROM ${this.#config.tableName} WHERE version_key IN (${condition});`;
    const result = await this.#client.executeQuery(sql).catch((thrown: unknown) => {
      throw migrationError(failure(reasonOf(thrown)));
    });
    return result.objects();
  }
}

/** Those of the stream and of the table, beside the key. */
const COLUMNS = ['version', 'name', 'state', 'checksum', 'started_on', 'completed_on', 'previous', 'error_reason'];

function versionOf(text: string): number | null {
  return text === NO_VERSION ? null : Number(text);
}

/** @throws MillraceError `MIGRATION` for a version that another one follows although it was never finished */
export function checkMigrated({ version, state }: VersionInfo, next: number): void {
  if (state === 'MIGRATED') return;
  throw migrationError(
    'Discovered version with previous version that does not have status MIGRATED. ' +
      `Version: ${next}. Previous version: ${version}. Previous version status: ${state}`,
  );
}
