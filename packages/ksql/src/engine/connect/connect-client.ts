import { readFileSync } from 'node:fs';
import { type Clock, MillraceError, propertiesOf } from '@millrace/base';
import { type KsqlConfig, numberSetting, setting } from '../../lib/ksql-config.ts';

/** ksqlDB's. */
const URL_SETTING = 'ksql.connect.url';
const URL_DEFAULT = 'http://localhost:8083';
const TIMEOUT = 'ksql.connect.request.timeout.ms';
const TIMEOUT_DEFAULT_MS = 5_000;
const CREDENTIALS_SOURCE = 'ksql.connect.basic.auth.credentials.source';
const CREDENTIALS_FILE = 'ksql.connect.basic.auth.credentials.file';
const ATTEMPTS_MAX = 3;
/** Doubles from one attempt to the next. */
const RETRY_DELAY_MS = 50;
const CONFLICT = 409;
const SERVER_ERROR = 500;

/** What Connect said: what was asked for, or its error as it wrote it. */
export type ConnectAnswer<T> =
  | { readonly kind: 'answered'; readonly data: T }
  | { readonly kind: 'refused'; readonly status: number; readonly error: string };

export type ConnectorInfo = {
  readonly name: string;
  readonly config: Readonly<Record<string, string>>;
  readonly tasks: readonly { readonly connector: string; readonly task: number }[];
  /** `source`, `sink` or `unknown`. */
  readonly type: string;
};

type WorkerState = { readonly state: string; readonly worker_id: string; readonly trace?: string };

export type ConnectorStatus = {
  readonly name: string;
  readonly connector: WorkerState;
  readonly tasks: readonly (WorkerState & { readonly id: number })[];
  readonly type: string;
};

export type ConnectorPlugin = { readonly class: string; readonly type: string; readonly version: string };

/** The settings of a connector, as its plugin sees them. */
export type Validation = {
  readonly configs: readonly { readonly value: { readonly name: string; readonly errors: readonly string[] } }[];
};

type Asked = {
  readonly method?: 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
};

/** Kafka Connect's REST API. What it refuses is its answer; who can't be reached is an error. */
export class ConnectClient {
  readonly #url: string;
  readonly #timeoutMs: number;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #clock: Clock;

  /** @throws MillraceError `INVALID_CONFIG` */
  constructor(config: KsqlConfig, clock: Clock) {
    this.#url = (setting(config, URL_SETTING) || URL_DEFAULT).replace(/\/+$/, '');
    if (URL.parse(this.#url) === null) {
      throw new MillraceError('INVALID_CONFIG', `Could not initialize connect client due to invalid URI: ${this.#url}`);
    }
    this.#timeoutMs = numberSetting(config, TIMEOUT, TIMEOUT_DEFAULT_MS);
    this.#headers = { 'content-type': 'application/json', ...loginOf(config) };
    this.#clock = clock;
  }

  /** @throws MillraceError `CONNECT_UNREACHABLE` */
  async ask<T>(path: string, asked: Asked = {}): Promise<ConnectAnswer<T>> {
    const { signal } = asked;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#askOnce<T>(path, asked).catch((cause: unknown) => {
        if (attempt < ATTEMPTS_MAX && signal?.aborted !== true) return null;
        const message = `Kafka Connect does not answer at ${this.#url} (${URL_SETTING}): ${causeOf(cause)}`;
        throw new MillraceError('CONNECT_UNREACHABLE', message, { cause, retriable: true });
      });
      const mayPass =
        answer === null || (answer.kind === 'refused' && (answer.status >= SERVER_ERROR || answer.status === CONFLICT));
      if (answer !== null && (!mayPass || attempt === ATTEMPTS_MAX)) return answer;
      await new Promise<void>((resolve) => this.#clock.setTimer(RETRY_DELAY_MS * 2 ** attempt, resolve));
    }
  }

  async #askOnce<T>(path: string, { method, body, signal }: Asked): Promise<ConnectAnswer<T>> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const response = await fetch(this.#url + path, {
      method: method ?? 'GET',
      headers: this.#headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? timeout : AbortSignal.any([timeout, signal]),
    });
    const text = await response.text();
    if (!response.ok) return { kind: 'refused', status: response.status, error: text };
    return { kind: 'answered', data: (text === '' ? null : JSON.parse(text)) as T };
  }
}

/** @throws MillraceError `INVALID_CONFIG` */
function loginOf(config: KsqlConfig): Readonly<Record<string, string>> {
  if ((setting(config, CREDENTIALS_SOURCE) ?? 'NONE').toUpperCase() !== 'FILE') return {};
  const file = setting(config, CREDENTIALS_FILE) ?? '';
  try {
    const { username = '', password = '' } = propertiesOf(readFileSync(file, 'utf8'));
    return { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` };
  } catch (cause) {
    throw new MillraceError('INVALID_CONFIG', `${CREDENTIALS_FILE}=${file} can't be read: ${String(cause)}`, { cause });
  }
}

/** Node's fetch says little by itself. */
function causeOf(thrown: unknown): string {
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
