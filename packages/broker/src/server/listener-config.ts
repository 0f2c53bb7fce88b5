import { MillraceError } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import {
  SECURITY_PROTOCOLS,
  type SecurityProtocol,
  securityProtocolNamed,
  usesSasl,
  usesTls,
} from '../security/security-protocol.ts';
import type { ListenerSpec } from './listener-spec.ts';
import { saslOfConfig } from './sasl-config.ts';
import { scopedConfig } from './scoped-config.ts';
import { tlsOfConfig } from './tls-config.ts';

type Config = Readonly<Record<string, string>>;

/**
 * Reads Kafka's configs of listeners: `listeners`, `advertised.listeners`, `listener.security.protocol.map`, and what
 * those need of `ssl.…` and `sasl.…`, with overrides under `listener.name.NAME.`. Listeners of controllers are left out.
 *
 * @throws MillraceError `INVALID_LISTENERS`, `INVALID_TLS_CONFIG`, `INVALID_SASL_CONFIG`, `INVALID_JAAS_CONFIG`
 */
export function parseListeners(config: Config): ListenerSpec[] {
  const told = new Map(parse(config['advertised.listeners'] ?? '').map(({ name, ...address }) => [name, address]));
  const controllers = names(config['controller.listener.names'] ?? 'CONTROLLER');
  const listeners = parse(config.listeners ?? '').filter(({ name }) => !controllers.includes(name));
  const protocols = protocolsByName(config['listener.security.protocol.map']);
  checkNames(listeners, [...told.keys()], config['inter.broker.listener.name']);
  return listeners.map(({ name, host, port }) => {
    const protocol = protocols(name);
    const scoped = scopedConfig(config, name);
    const advertised = told.get(name);
    return {
      name,
      host: host === '' ? '0.0.0.0' : host,
      port,
      protocol,
      ...(advertised === undefined ? {} : { advertised }),
      ...(usesTls(protocol) ? { tls: () => tlsOfConfig(name, scoped) } : {}),
      ...(usesSasl(protocol) ? { sasl: saslOfConfig(name, scoped) } : {}),
    };
  });
}

function protocolsByName(map: string | undefined): (listener: string) => SecurityProtocol {
  const given = new Map(
    names(map ?? '').map((pair) => {
      const [name = '', protocol = ''] = pair.split(':');
      return [name.trim(), protocol.trim()];
    }),
  );
  return (listener) => {
    // With a map of one's own, only names in it are known; a name that is a protocol needs no map.
    const name = given.get(listener) ?? (map === undefined ? listener : undefined);
    const protocol = name === undefined ? undefined : securityProtocolNamed(name);
    if (protocol !== undefined) return protocol;
    throw invalid(
      `No security protocol defined for listener ${listener}: give listener.security.protocol.map=${listener}:PROTOCOL ` +
        `with one of ${SECURITY_PROTOCOLS.join(', ')}`,
      listener,
    );
  };
}

function checkNames(
  listeners: readonly { readonly name: string }[],
  advertised: readonly string[],
  interBroker: string | undefined,
): void {
  const known = listeners.map(({ name }) => name);
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  if (twice !== undefined) throw invalid(`Each listener must have a different name: ${twice} comes twice`, twice);
  const stranger = advertised.find((name) => !known.includes(name));
  if (stranger !== undefined) throw invalid(`advertised.listeners names ${stranger}, which is no listener`, stranger);
  if (interBroker !== undefined && !known.includes(interBroker.trim().toUpperCase())) {
    throw invalid(`inter.broker.listener.name is ${interBroker}, which is no listener`, interBroker);
  }
}

function parse(text: string): ({ readonly name: string } & HostPort)[] {
  return names(text).map((part) => {
    const match = /^([A-Z0-9_-]+):\/\/(\[[^\]]*\]|[^:]*):(\d{1,5})$/i.exec(part);
    if (match === null) throw invalid(`'${part}' is no listener: write NAME://HOST:PORT`, part);
    return { name: match[1]!.toUpperCase(), host: match[2]!.replace(/^\[|\]$/g, ''), port: Number(match[3]) };
  });
}

function names(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function invalid(message: string, listener: string): MillraceError {
  return new MillraceError('INVALID_LISTENERS', message, { context: { listener } });
}
