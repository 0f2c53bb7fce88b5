import { MillraceError } from '@millrace/base';
import type { HostPort } from '@millrace/protocol';
import type { ListenerSpec } from './listener.ts';

/**
 * Reads Kafka's `listeners` and `advertised.listeners`: `NAME://HOST:PORT,…`. Listeners of controllers are left out.
 *
 * @throws MillraceError `INVALID_LISTENERS`
 */
export function parseListeners(listeners: string, advertised: string | undefined): ListenerSpec[] {
  const told = new Map(parse(advertised ?? '').map(({ name, ...address }) => [name, address]));
  return parse(listeners)
    .filter(({ name }) => name !== 'CONTROLLER')
    .map(({ name, host, port }) => {
      const address = told.get(name);
      return { name, host, port, ...(address === undefined ? {} : { advertised: address }) };
    });
}

function parse(text: string): ({ readonly name: string } & HostPort)[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const match = /^([A-Za-z0-9_]+):\/\/(\[[^\]]*\]|[^:]*):(\d{1,5})$/.exec(part);
      if (match === null) {
        throw new MillraceError('INVALID_LISTENERS', `'${part}' is no listener: write NAME://HOST:PORT`, {
          context: { listener: part },
        });
      }
      const host = match[2]!.replace(/^\[|\]$/g, '');
      return { name: match[1]!, host: host === '' ? '0.0.0.0' : host, port: Number(match[3]) };
    });
}
