/** DescribeAcls, versions 1–3. 1: prefixed patterns (KIP-290). 2: flexible. 3: rules on users (KIP-373). */
import type { DescribeAclsResponseDescribeAclsResource } from '@millrace/protocol';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { aclCodes, aclFilter } from '../security/acl/acl-filter.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';

export const describeAcls: BrokerApi = defineApi({
  name: 'DescribeAcls',
  handle(services, request) {
    try {
      requireAuthorizer(services);
      const resources = new Map<string, DescribeAclsResponseDescribeAclsResource>();
      for (const acl of [...services.cluster.image.security.acls.values()].filter(aclFilter(request))) {
        const { resourceType, resourceName, patternType, ...rule } = aclCodes(acl);
        const key = JSON.stringify([resourceType, patternType, resourceName]);
        const resource = resources.get(key) ?? { resourceType, resourceName, patternType, acls: [] };
        resources.set(key, { ...resource, acls: [...resource.acls, rule] });
      }
      return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, resources: [...resources.values()] };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), errorMessage, resources: [] };
    }
  },
});

/** @throws BrokerError `SECURITY_DISABLED`: rules that nobody asks for would be believed to protect something. */
export function requireAuthorizer({ authorizer }: Services): void {
  if (authorizer !== null) return;
  throw new BrokerError('SECURITY_DISABLED', 'No Authorizer is configured.');
}
