import { dirname, join } from 'node:path';
import { propertiesOf } from '@millrace/base';
import { migrationError } from './migration-error.ts';

export const MIGRATIONS_FOLDER = 'migrations';
export const CONFIG_FILE = 'ksql-migrations.properties';
export const SERVER_URL = 'ksql.server.url';

/** A project's settings, under ksql-migrations' names. */
export type MigrationConfig = {
  readonly url: string;
  readonly user: string | undefined;
  readonly password: string | undefined;
  /** `ssl.*`, for whoever makes the connection. */
  readonly tls: Readonly<Record<string, string>>;
  readonly streamName: string;
  readonly tableName: string;
  /** Null: named after the service and the stream. */
  readonly streamTopic: string | null;
  readonly tableTopic: string | null;
  readonly replicas: number;
  readonly folder: string;
};

const DEFAULTS = {
  'ksql.migrations.stream.name': 'MIGRATION_EVENTS',
  'ksql.migrations.table.name': 'MIGRATION_SCHEMA_VERSIONS',
  'ksql.migrations.topic.replicas': '1',
} as const;

/** @throws MillraceError `MIGRATION` where the server is not named, or the replicas are no number */
export function migrationConfig(path: string, text: string): MigrationConfig {
  const properties = propertiesOf(text);
  const url = properties[SERVER_URL];
  if (url === undefined || url.trim() === '') throw migrationError(`Missing required property: ${SERVER_URL}`);
  const setting = (name: keyof typeof DEFAULTS): string => properties[name] ?? DEFAULTS[name];
  const replicas = Number(setting('ksql.migrations.topic.replicas'));
  if (!Number.isInteger(replicas)) throw migrationError('ksql.migrations.topic.replicas is not a whole number');
  const folder = properties['ksql.migrations.dir.override'] ?? '';
  return {
    url,
    user: given(properties['ksql.auth.basic.username']),
    password: given(properties['ksql.auth.basic.password']),
    tls: Object.fromEntries(Object.entries(properties).filter(([name]) => name.startsWith('ssl.'))),
    streamName: setting('ksql.migrations.stream.name'),
    tableName: setting('ksql.migrations.table.name'),
    streamTopic: properties['ksql.migrations.stream.topic.name'] ?? null,
    tableTopic: properties['ksql.migrations.table.topic.name'] ?? null,
    replicas,
    folder: folder === '' ? join(dirname(path), MIGRATIONS_FOLDER) : folder,
  };
}

function given(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** The settings file of a new project: what is not set is told with what holds then. */
export function newConfigText(url: string): string {
  return `${SERVER_URL}=${url}

# The stream and table that keep what was applied, and their topics:
# ksql.migrations.stream.name=${DEFAULTS['ksql.migrations.stream.name']}
# ksql.migrations.table.name=${DEFAULTS['ksql.migrations.table.name']}
# ksql.migrations.stream.topic.name=<service id>ksql_${DEFAULTS['ksql.migrations.stream.name']}
# ksql.migrations.table.topic.name=<service id>ksql_${DEFAULTS['ksql.migrations.table.name']}
# ksql.migrations.topic.replicas=${DEFAULTS['ksql.migrations.topic.replicas']}

# Where the migration files are, if not in the folder beside this file:
# ksql.migrations.dir.override=

# How the server is reached:
# ksql.auth.basic.username=
# ksql.auth.basic.password=
# ssl.truststore.location=
# ssl.keystore.location=
# ssl.key.password=
`;
}
