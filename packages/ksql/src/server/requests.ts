import type { HostStoreLags } from '../engine/peers/service-hosts.ts';
import type { RequestOptions } from '../engine/request.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';

/** What clients may send, as JSON schemas that fastify checks, and as types. Fields that are not named are passed over. */

type Settings = Readonly<Record<string, string | number | boolean | readonly unknown[]>>;

/** A JSON schema, as far as these bodies need it. */
type BodySchema = {
  readonly type: 'object';
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, { readonly type: string | readonly string[] }>>;
};

const SETTINGS = {
  type: ['object', 'null'],
  additionalProperties: { type: ['string', 'number', 'boolean', 'array', 'null'] },
};

export type StatementsBody = {
  readonly ksql: string;
  readonly streamsProperties?: Settings | null;
  readonly sessionVariables?: Settings | null;
  readonly commandSequenceNumber?: number | null;
};

export const STATEMENTS_BODY: BodySchema = {
  type: 'object',
  required: ['ksql'],
  properties: {
    ksql: { type: 'string' },
    streamsProperties: SETTINGS,
    sessionVariables: SETTINGS,
    commandSequenceNumber: { type: ['integer', 'null'] },
  },
};

export type QueryStreamBody = {
  readonly sql: string;
  readonly properties?: Settings | null;
  readonly sessionVariables?: Settings | null;
};

export const QUERY_STREAM_BODY: BodySchema = {
  type: 'object',
  required: ['sql'],
  properties: { sql: { type: 'string' }, properties: SETTINGS, sessionVariables: SETTINGS },
};

export type CloseQueryBody = { readonly queryId: string };

export const CLOSE_QUERY_BODY: BodySchema = {
  type: 'object',
  required: ['queryId'],
  properties: { queryId: { type: 'string' } },
};

/** `host:port` of who is alive, and when. */
export type HeartbeatBody = { readonly hostInfo: string; readonly timestamp: number };

export const HEARTBEAT_BODY: BodySchema = {
  type: 'object',
  required: ['hostInfo', 'timestamp'],
  properties: { hostInfo: { type: 'string' }, timestamp: { type: 'integer' } },
};

export type LagBody = { readonly ksqlHost: string; readonly hostStoreLags: HostStoreLags };

export const LAG_BODY = {
  type: 'object',
  required: ['ksqlHost', 'hostStoreLags'],
  properties: {
    ksqlHost: { type: 'string' },
    hostStoreLags: {
      type: 'object',
      required: ['stateStoreLags', 'updateTimeMs'],
      properties: { stateStoreLags: { type: 'object' }, updateTimeMs: { type: 'integer' } },
    },
  },
} as const;

export function requestOptions(
  properties: Settings | null | undefined,
  variables: Settings | null | undefined,
  signal: AbortSignal,
  commandSequenceNumber: number | null = null,
): RequestOptions {
  const after = commandSequenceNumber === null ? {} : { commandSequenceNumber };
  return { properties: plain(properties), variables: textsOf(variables), signal, ...after };
}

/** What is null is not set; of a list its elements, with commas between. */
function plain(settings: Settings | null | undefined): KsqlConfig {
  const set = Object.entries(settings ?? {}).filter(([, value]) => value !== null);
  return Object.fromEntries(set.map(([name, value]) => [name, typeof value === 'object' ? value.join(',') : value]));
}

function textsOf(settings: Settings | null | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(plain(settings)).map(([name, value]) => [name, String(value)]));
}
