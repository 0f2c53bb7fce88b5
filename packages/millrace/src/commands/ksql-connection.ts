import { readFileSync } from 'node:fs';
import { describeError, MillraceError, propertiesOf } from '@millrace/base';
import type { KsqlClientOptions } from '@millrace/ksql/cli';
import type { Option } from '../command-line/option.ts';
import { text, withAliases } from '../command-line/option.ts';
import { tlsOptions } from '../command-line/tls-properties.ts';

type CredentialOptions = {
  readonly user: Option<string | undefined>;
  readonly password: Option<string | undefined>;
  readonly token: Option<string | undefined>;
};

/** Who asks a ksqlDB server. */
export const CREDENTIALS: CredentialOptions = {
  user: withAliases(text('NAME', 'for basic authentication; asked for its password at a terminal'), 'u'),
  password: withAliases(text('TEXT', 'for basic authentication'), 'p'),
  token: withAliases(text('TOKEN', 'a bearer token, in place of user and password'), 't'),
};

type Properties = Readonly<Record<string, string>>;

/** A file of settings: `ssl.*` are for the connection, all else is what SET would say. */
export function readSettings(path: string | undefined): { readonly tls: Properties; readonly settings: Properties } {
  if (path === undefined) return { tls: {}, settings: {} };
  const entries = Object.entries(propertiesOf(readText(path)));
  const isTls = ([name]: readonly [string, string]): boolean => name.startsWith('ssl.');
  return {
    tls: Object.fromEntries(entries.filter(isTls)),
    settings: Object.fromEntries(entries.filter((entry) => !isTls(entry))),
  };
}

/** Options for a client that speaks HTTP/1.1, which reaches any server through any proxy. */
export function connectionOptions(
  url: string,
  credentials: Pick<KsqlClientOptions, 'user' | 'password' | 'token'>,
  tls: Properties,
): KsqlClientOptions {
  return { url, protocol: 'http/1.1', tls: tlsOptions(tls), ...credentials };
}

/** @throws MillraceError `USAGE` */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MillraceError('USAGE', `Failed to read file: ${path} (${describeError(cause)})`, { cause });
  }
}
