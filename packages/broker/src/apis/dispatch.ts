import { assert, unreachable } from '@millrace/base';
import type { Rights } from '../security/acl/rights.ts';
import type { BrokerApi, Call, Services } from './api.ts';
import { ruleFor } from './rights/table.ts';
import { withinQuotas } from './throttle.ts';

/**
 * Carries out a request: the one way from a connection to a handler. Where rights are asked for, the handler sees what the
 * client may ask for, and nothing else; where there are quotas, what is done is counted.
 */
export function dispatch(api: BrokerApi, services: Services, request: unknown, call: Call): unknown {
  const { rights, throttler } = call;
  if (throttler === null) return withinRights(api, services, request, call, rights);
  return withinQuotas({ name: api.name, services, request, call }, throttler, (allowed) =>
    withinRights(api, services, allowed, call, rights),
  );
}

function withinRights(
  api: BrokerApi,
  services: Services,
  request: unknown,
  call: Call,
  rights: Rights | null,
): unknown {
  if (rights === null) return api.handle(services, request, call);
  const rule = ruleFor(api.name);
  assert(rule !== undefined, `it stands in the table what rights ${api.name} asks for`);
  const verdict = rule.judge(request, { rights, services, call });
  switch (verdict.kind) {
    case 'allowed':
      return api.handle(services, request, call);
    case 'refused':
      return verdict.response;
    case 'reduced': {
      const response = api.handle(services, verdict.request, call);
      // The rule stands in the table under the name of the API whose answer this is.
      const finish = verdict.finish as (response: unknown) => unknown;
      return response instanceof Promise ? response.then(finish) : finish(response);
    }
    default:
      return unreachable(verdict);
  }
}
