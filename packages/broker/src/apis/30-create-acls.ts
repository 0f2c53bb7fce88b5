/** CreateAcls, versions 1–3. 1: prefixed patterns (KIP-290). 2: flexible. 3: rules on users (KIP-373). */
import type { Acl } from '../cluster/security-image.ts';
import { errorCodeOf } from '../lib/broker-error.ts';
import { aclOfCodes } from '../security/acl/acl-filter.ts';
import { requireAuthorizer } from './29-describe-acls.ts';
import { type BrokerApi, defineApi } from './api.ts';

export const createAcls: BrokerApi = defineApi({
  name: 'CreateAcls',
  async handle(services, request) {
    const acls: Acl[] = [];
    const results = request.creations.map(({ resourcePatternType: patternType, ...codes }) => {
      try {
        requireAuthorizer(services);
        acls.push(aclOfCodes({ ...codes, patternType }));
        return { errorCode: 0, errorMessage: null };
      } catch (error) {
        return { errorCode: errorCodeOf(error), errorMessage: error instanceof Error ? error.message : String(error) };
      }
    });
    if (acls.length > 0) await services.cluster.change([{ kind: 'acls-added', acls }]);
    return { throttleTimeMs: 0, results };
  },
});
