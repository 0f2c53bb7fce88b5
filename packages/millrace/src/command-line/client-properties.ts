import { readFileSync } from 'node:fs';
import { describeError, MillraceError, propertiesOf } from '@millrace/base';
import type { ClientOptions, SaslOptions } from '@millrace/client';
import { parseJaas } from './jaas.ts';
import { fetchToken } from './oauth-token.ts';
import { tlsOptions } from './tls-properties.ts';

type Properties = Readonly<Record<string, string>>;

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;
const PASSWORD_MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;

/** Reads a file of client properties. @throws MillraceError `USAGE` when it can't be read. */
export function readClientProperties(file: string): Properties {
  try {
    return propertiesOf(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new MillraceError('USAGE', `--config ${file}: ${describeError(error)}`, { cause: error });
  }
}

/**
 * Options for our client from the properties of a Kafka client. What has no meaning here is left alone, as Kafka does.
 *
 * @throws MillraceError `USAGE` with the name of the property.
 */
export function clientOptions(properties: Properties, bootstrapServers: string): ClientOptions {
  const protocol = oneOf(properties, 'security.protocol', PROTOCOLS, 'PLAINTEXT');
  const isTls = protocol === 'SSL' || protocol === 'SASL_SSL';
  const isSasl = protocol === 'SASL_PLAINTEXT' || protocol === 'SASL_SSL';
  return {
    bootstrapServers,
    ...(properties['client.id'] === undefined ? {} : { clientId: properties['client.id'] }),
    ...milliseconds(properties, 'request.timeout.ms', 'requestTimeoutMs'),
    ...milliseconds(properties, 'default.api.timeout.ms', 'retryTimeoutMs'),
    ...milliseconds(properties, 'retry.backoff.ms', 'retryBackoffMs'),
    ...milliseconds(properties, 'retry.backoff.max.ms', 'retryBackoffMaxMs'),
    ...milliseconds(properties, 'metadata.max.age.ms', 'metadataMaxAgeMs'),
    ...milliseconds(properties, 'socket.connection.setup.timeout.ms', 'connectTimeoutMs'),
    ...(isTls ? { tls: tlsOptions(properties) } : {}),
    ...(isSasl ? { sasl: saslOptions(properties) } : {}),
  };
}

function saslOptions(properties: Properties): SaslOptions {
  const mechanism = properties['sasl.mechanism'] ?? 'GSSAPI';
  const jaas = properties['sasl.jaas.config'];
  const options = jaas === undefined ? {} : parseJaas(jaas).options;
  if (mechanism === 'OAUTHBEARER') return { mechanism, token: tokenSource(properties, options) };
  const known = PASSWORD_MECHANISMS.find((each) => each === mechanism);
  if (known === undefined) {
    const known = [...PASSWORD_MECHANISMS, 'OAUTHBEARER'].join(', ');
    throw new MillraceError('USAGE', `sasl.mechanism=${mechanism}: give one of ${known}`);
  }
  const { username, password } = options;
  if (username === undefined || password === undefined) {
    throw new MillraceError('USAGE', `sasl.jaas.config must name username and password for ${known}`);
  }
  return { mechanism: known, username, password };
}

function tokenSource(properties: Properties, jaas: Properties): () => Promise<{ readonly value: string }> {
  const endpoint = properties['sasl.oauthbearer.token.endpoint.url'];
  if (endpoint === undefined) {
    throw new MillraceError('USAGE', 'OAUTHBEARER needs sasl.oauthbearer.token.endpoint.url, http(s): or file:');
  }
  // Read anew for each connection: whoever writes the file refreshes the token.
  if (endpoint.startsWith('file:')) {
    return async () => ({ value: readFileSync(new URL(endpoint), 'utf8').trim() });
  }
  const { clientId, clientSecret, scope } = jaas;
  if (clientId === undefined || clientSecret === undefined) {
    throw new MillraceError('USAGE', 'sasl.jaas.config must name clientId and clientSecret for OAUTHBEARER');
  }
  return () => fetchToken({ endpoint, clientId, clientSecret, scope });
}

/** A property of these values, in any case. @throws MillraceError `USAGE`. */
export function oneOf<const T extends string>(
  properties: Properties,
  name: string,
  allowed: readonly T[],
  fallback: T,
): T {
  const given = properties[name];
  if (given === undefined) return fallback;
  const found = allowed.find((each) => each.toLowerCase() === given.trim().toLowerCase());
  if (found !== undefined) return found;
  throw new MillraceError('USAGE', `${name}=${given}: give one of ${allowed.join(', ')}`);
}

/** A property that is a whole number. @throws MillraceError `USAGE`. */
export function numberOf(properties: Properties, name: string): number | undefined {
  const given = properties[name];
  if (given === undefined) return undefined;
  if (/^\d+$/.test(given.trim())) return Number(given);
  throw new MillraceError('USAGE', `${name}=${given} is not a whole number`);
}

function milliseconds<K extends string>(
  properties: Properties,
  name: string,
  option: K,
): { readonly [P in K]?: number } {
  const value = numberOf(properties, name);
  return (value === undefined ? {} : { [option]: value }) as { readonly [P in K]?: number };
}
