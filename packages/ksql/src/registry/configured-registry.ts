import type { KsqlConfig } from '../lib/ksql-config.ts';
import { HttpSchemaRegistry } from './http-schema-registry.ts';

const PREFIX = 'ksql.schema.registry.';

/** The registry that ksqlDB's settings name; undefined where they name none. @throws MillraceError `INVALID_CONFIG` */
export function configuredRegistry(config: KsqlConfig): HttpSchemaRegistry | undefined {
  const url = String(config[`${PREFIX}url`] ?? '');
  if (url === '') return undefined;
  const userInfo = String(config[`${PREFIX}basic.auth.user.info`] ?? '');
  if (userInfo === '') return new HttpSchemaRegistry({ url });
  const colon = userInfo.indexOf(':');
  const [user, password] = colon < 0 ? [userInfo, ''] : [userInfo.slice(0, colon), userInfo.slice(colon + 1)];
  return new HttpSchemaRegistry({ url, user, password });
}
