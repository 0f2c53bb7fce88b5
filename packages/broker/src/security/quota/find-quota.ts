import { type ClientQuota, type QuotaEntity, quotaKey, type SecurityImage } from '../../cluster/security-image.ts';

export const CLIENT_QUOTAS = [
  'producer_byte_rate',
  'consumer_byte_rate',
  'request_percentage',
  'controller_mutation_rate',
] as const;

export type ClientQuotaName = (typeof CLIENT_QUOTAS)[number];

/** A quota that holds for a client, and who shares it. */
export type FoundQuota = {
  readonly limit: number;
  /** Clients with the same key are counted together. */
  readonly sharedBy: string;
};

/** Kafka's order: the first that is set holds. A user's own name goes before everything that is said of client ids. */
function candidates(user: string, clientId: string): readonly QuotaEntity[] {
  return [
    { user, 'client-id': clientId },
    { user, 'client-id': null },
    { user },
    { user: null, 'client-id': clientId },
    { user: null, 'client-id': null },
    { user: null },
    { 'client-id': clientId },
    { 'client-id': null },
  ];
}

/** The quota of a user with a client id, or null where nothing limits it. */
export function findQuota(
  quotas: SecurityImage['clientQuotas'],
  name: ClientQuotaName,
  user: string,
  clientId: string,
): FoundQuota | null {
  for (const entity of candidates(user, clientId)) {
    const limit = quotas.get(quotaKey(entity))?.values[name];
    if (limit === undefined) continue;
    // Each user has what is given to everybody; only what is given to a client id is shared by its users.
    const sharedBy = JSON.stringify([
      entity.user === undefined ? null : user,
      entity['client-id'] === undefined ? null : clientId,
    ]);
    return { limit, sharedBy };
  }
  return null;
}

/** How many connections each second an address may open, or null. */
export function findConnectionRate(quotas: ReadonlyMap<string, ClientQuota>, ip: string): number | null {
  const own = quotas.get(quotaKey({ ip }))?.values.connection_creation_rate;
  return own ?? quotas.get(quotaKey({ ip: null }))?.values.connection_creation_rate ?? null;
}
