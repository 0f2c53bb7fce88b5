import { MillraceError } from '@millrace/base';
import { KsqlException } from '../../lib/ksql-exception.ts';
import type { CreateConnector, Describe, DropConnector, List, Literal } from '../../syntax/ast.ts';
import { printStatement } from '../../syntax/print-statement.ts';
import { describeSources } from '../describe.ts';
import type { PreparedStatement } from '../request.ts';
import type {
  ConnectorCreated,
  ConnectorDescription,
  ConnectorDropped,
  ConnectorEntry,
  ConnectorsList,
  ErrorResult,
  PluginsList,
  WarningResult,
} from '../results.ts';
import type { ShowContext } from '../show.ts';
import type {
  ConnectAnswer,
  ConnectClient,
  ConnectorInfo,
  ConnectorPlugin,
  ConnectorStatus,
  Validation,
} from './connect-client.ts';

/** A connector could not be made or dropped: the answer has Connect's status. */
export class ConnectRefused extends MillraceError {
  readonly status: number;

  constructor(message: string, status: number) {
    super('CONNECT_REFUSED', message);
    this.status = status;
  }
}

type Limits = { readonly signal: AbortSignal | undefined };

const CONNECTOR_CLASS = 'connector.class';
const CONFLICT = 409;
const NOT_FOUND = 404;
const MASK: Literal = { kind: 'string', value: '[string]', location: null };

/**
 * CREATE SOURCE CONNECTOR, CREATE SINK CONNECTOR: looked at by the connector's plugin first, then made.
 * @throws KsqlException, ConnectRefused, MillraceError `CONNECT_UNREACHABLE`
 */
export async function createConnector(
  statement: CreateConnector,
  client: ConnectClient,
  { signal }: Limits,
): Promise<ConnectorCreated | WarningResult> {
  const { name, ifNotExists } = statement;
  const statementText = maskedText(statement);
  const exists = await isThere(name, client, signal);
  const message = `Connector ${name} already exists`;
  if (exists && ifNotExists) return { kind: 'warning_entity', statementText, message };
  if (exists) throw new ConnectRefused(message, CONFLICT);
  const settings = statement.properties.map((property) => [property.name, textOf(property.value)] as const);
  const config = { ...Object.fromEntries(settings), name };
  const errors = await complaintsAbout(config, client, signal);
  if (errors.length > 0) throw new KsqlException(`Validation error: ${errors.join('\n')}`);
  const created = await client.ask<ConnectorInfo>('/connectors', { method: 'POST', body: { name, config }, signal });
  if (created.kind === 'refused')
    throw new ConnectRefused(`Failed to create connector: ${created.error}`, created.status);
  return { kind: 'connector_info', statementText, info: created.data };
}

/** DROP CONNECTOR. @throws ConnectRefused, MillraceError `CONNECT_UNREACHABLE` */
export async function dropConnector(
  { text, statement: { name, ifExists } }: PreparedStatement<DropConnector>,
  client: ConnectClient,
  { signal }: Limits,
): Promise<ConnectorDropped | WarningResult> {
  const answer = await client.ask(pathOf(name), { method: 'DELETE', signal });
  if (answer.kind === 'answered') return { kind: 'drop_connector', statementText: text, connectorName: name };
  if (ifExists && answer.status === NOT_FOUND) {
    return { kind: 'warning_entity', statementText: text, message: `Connector '${name}' does not exist.` };
  }
  throw new ConnectRefused(`Failed to drop connector: ${answer.error}`, answer.status);
}

/** SHOW CONNECTORS and SHOW CONNECTOR PLUGINS. @throws MillraceError `CONNECT_UNREACHABLE` */
export async function listConnectors(
  { text: statementText, statement: { subject } }: PreparedStatement<List>,
  client: ConnectClient,
  { signal }: Limits,
): Promise<ConnectorsList | PluginsList | ErrorResult> {
  if (subject === 'CONNECTOR PLUGINS') {
    const plugins = await client.ask<readonly ConnectorPlugin[]>('/connector-plugins', { signal });
    if (plugins.kind === 'refused') return { kind: 'error_entity', statementText, errorMessage: plugins.error };
    return { kind: 'connector_plugins_list', statementText, plugins: plugins.data };
  }
  const names = await client.ask<readonly string[]>('/connectors', { signal });
  if (names.kind === 'refused') return { kind: 'error_entity', statementText, errorMessage: names.error };
  const warnings: string[] = [];
  const connectors: ConnectorEntry[] = [];
  for (const name of names.data) {
    const info = await client.ask<ConnectorInfo>(pathOf(name), { signal });
    if (info.kind === 'refused') {
      warnings.push(`Could not describe connector ${name}: ${info.error}`);
      if (subject === 'CONNECTORS') connectors.push({ name, type: 'unknown' });
    } else if (isMeant(info.data, subject)) {
      connectors.push(entryOf(info.data, await client.ask<ConnectorStatus>(`${pathOf(name)}/status`, { signal })));
    }
  }
  return { kind: 'connector_list', statementText, connectors, warnings };
}

/** DESCRIBE CONNECTOR. @throws MillraceError `CONNECT_UNREACHABLE` */
export async function describeConnector(
  { text: statementText, statement }: PreparedStatement<Describe>,
  client: ConnectClient,
  context: ShowContext,
): Promise<ConnectorDescription | ErrorResult> {
  const { signal } = context;
  const name = statement.name!;
  const status = await client.ask<ConnectorStatus>(`${pathOf(name)}/status`, { signal });
  if (status.kind === 'refused') return { kind: 'error_entity', statementText, errorMessage: status.error };
  const info = await client.ask<ConnectorInfo>(pathOf(name), { signal });
  if (info.kind === 'refused') return { kind: 'error_entity', statementText, errorMessage: info.error };
  type Topics = Readonly<Record<string, { readonly topics?: readonly string[] }>>;
  const told = await client.ask<Topics>(`${pathOf(name)}/topics`, { signal });
  const topics = told.kind === 'answered' ? (told.data[name]?.topics ?? []) : [];
  const wish = { statementText, extended: false };
  const kinds = await Promise.all([describeSources('STREAM', wish, context), describeSources('TABLE', wish, context)]);
  return {
    kind: 'connector_description',
    statementText,
    connectorClass: info.data.config[CONNECTOR_CLASS] ?? '',
    status: status.data,
    sources: kinds.flatMap(({ sources }) => sources).filter(({ topic }) => topics.includes(topic)),
    topics,
    warnings: told.kind === 'refused' ? [`Could not list related topics due to error: ${told.error}`] : [],
  };
}

const pathOf = (name: string): string => `/connectors/${encodeURIComponent(name)}`;

/** What a plugin has against the settings of a connector. */
async function complaintsAbout(
  config: Readonly<Record<string, string>>,
  client: ConnectClient,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const type = config[CONNECTOR_CLASS];
  if (type === undefined) {
    const settings = Object.entries(config).map(([name, value]) => `${name}=${value}`);
    return [`Connector config {${settings.join(', ')}} contains no connector type`];
  }
  if (type.trim() === '') return ['Connector type cannot be empty'];
  const path = `/connector-plugins/${encodeURIComponent(type)}/config/validate`;
  const answer = await client.ask<Validation>(path, { method: 'PUT', body: config, signal });
  if (answer.kind === 'refused') return [answer.error];
  const wrong = answer.data.configs.filter(({ value }) => value.errors.length > 0);
  return wrong.map(({ value }) => `${value.name} - ${value.errors.join('. ')}`);
}

/** @throws ConnectRefused */
async function isThere(name: string, client: ConnectClient, signal: AbortSignal | undefined): Promise<boolean> {
  const names = await client.ask<readonly string[]>('/connectors', { signal });
  if (names.kind === 'refused') {
    throw new ConnectRefused(`Failed to check for existing connector: ${names.error}`, names.status);
  }
  return names.data.some((each) => each.toUpperCase() === name.toUpperCase());
}

function isMeant({ type }: ConnectorInfo, subject: List['subject']): boolean {
  return subject === 'CONNECTORS' || `${type.toUpperCase()} CONNECTORS` === subject;
}

function entryOf({ name, type, config }: ConnectorInfo, status: ConnectAnswer<ConnectorStatus>): ConnectorEntry {
  if (status.kind === 'refused') return { name };
  const className = config[CONNECTOR_CLASS];
  return { name, type, ...(className === undefined ? {} : { className }), state: stateOf(status.data) };
}

function stateOf({ connector, tasks }: ConnectorStatus): string {
  if (connector.state !== 'RUNNING') return connector.state;
  const running = tasks.filter(({ state }) => state === 'RUNNING').length;
  return `${tasks.length > 0 && running === 0 ? 'WARNING' : 'RUNNING'} (${running}/${tasks.length} tasks RUNNING)`;
}

function textOf(value: Literal): string {
  return 'value' in value ? String(value.value) : '';
}

/** The statement as it may be shown: what is set may be secret. */
function maskedText(statement: CreateConnector): string {
  const properties = statement.properties.map((property) => {
    return property.name === CONNECTOR_CLASS ? property : { ...property, value: MASK };
  });
  return printStatement({ ...statement, properties });
}
