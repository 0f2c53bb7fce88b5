/** DeleteAcls, versions 1–3. 1: prefixed patterns (KIP-290). 2: flexible. 3: rules on users (KIP-373). */
import type { DeleteAclsResponseDeleteAclsFilterResult } from '@millrace/protocol';
import type { Acl } from '../cluster/security-image.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { aclCodes, aclFilter } from '../security/acl/acl-filter.ts';
import { requireAuthorizer } from './29-describe-acls.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const deleteAcls: BrokerApi = defineApi({
  name: 'DeleteAcls',
  async handle(services, request) {
    const deleted = new Set<Acl>();
    const filterResults = request.filters.map((filter): DeleteAclsResponseDeleteAclsFilterResult => {
      try {
        requireAuthorizer(services);
        const matching = [...services.cluster.image.security.acls.values()].filter(aclFilter(filter));
        for (const acl of matching) deleted.add(acl);
        const matchingAcls = matching.map((acl) => ({ errorCode: 0, errorMessage: null, ...aclCodes(acl) }));
        return { errorCode: 0, errorMessage: null, matchingAcls };
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        return { errorCode: errorCodeOf(error), errorMessage, matchingAcls: [] };
      }
    });
    if (deleted.size > 0) await services.cluster.change([{ kind: 'acls-removed', acls: [...deleted] }]);
    return { throttleTimeMs: 0, filterResults };
  },
});
