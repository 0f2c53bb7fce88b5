import type { BrokerApi, Call, Services } from './api.ts';

/** Carries out a request: the one way from a connection to a handler. */
export function dispatch(api: BrokerApi, services: Services, request: unknown, call: Call): unknown {
  return api.handle(services, request, call);
}
