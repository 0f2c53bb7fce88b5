import { MillraceError } from '@millrace/base';
import type { KsqlConfig } from '../lib/ksql-config.ts';

/** Where other engines of the service, and their users, reach the server of this one. */
export type AdvertisedHost = {
  /** `http://host:port` */
  readonly url: string;
  /** `host:port`, as the groups of the queries tell it. */
  readonly server: string;
};

export const ADVERTISED_LISTENER = 'ksql.advertised.listener';
export const APPLICATION_SERVER = 'application.server';

/**
 * Of the settings `ksql.advertised.listener` and `application.server`, as ksqlDB's; null where neither is given.
 * @throws MillraceError `INVALID_CONFIG` for what is no address
 */
export function advertisedHost(config: KsqlConfig): AdvertisedHost | null {
  const name = [ADVERTISED_LISTENER, APPLICATION_SERVER].find((each) => config[each] !== undefined);
  if (name === undefined) return null;
  const text = String(config[name]);
  const url = URL.parse(/^https?:\/\//.test(text) ? text : `http://${text}`);
  if (url === null || url.port === '' || url.pathname !== '/') {
    throw new MillraceError('INVALID_CONFIG', `${name}=${text} is no address: give one, as http://HOST:PORT`);
  }
  return { url: url.origin, server: url.host };
}
