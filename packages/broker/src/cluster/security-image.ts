import { unreachable } from '@millrace/base';

export type AclResourceType = 'Topic' | 'Group' | 'Cluster' | 'TransactionalId' | 'DelegationToken' | 'User';

export type AclOperation =
  | 'All'
  | 'Read'
  | 'Write'
  | 'Create'
  | 'Delete'
  | 'Alter'
  | 'Describe'
  | 'ClusterAction'
  | 'DescribeConfigs'
  | 'AlterConfigs'
  | 'IdempotentWrite'
  | 'CreateTokens'
  | 'DescribeTokens'
  | 'TwoPhaseCommit';

/** One rule of who may, or may not, do what, and with which resources. */
export type Acl = {
  readonly resourceType: AclResourceType;
  /** Whether the name is that of one resource (`*`: of all), or the beginning of the names of many. */
  readonly patternType: 'Literal' | 'Prefixed';
  readonly resourceName: string;
  /** `User:alice`, or `User:*` for everybody. */
  readonly principal: string;
  /** An address, or `*`. */
  readonly host: string;
  readonly operation: AclOperation;
  readonly permission: 'Allow' | 'Deny';
};

export const SCRAM_MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const;
export type ScramMechanism = (typeof SCRAM_MECHANISMS)[number];

/** What is stored of a password (RFC 5802), in base64. */
export type ScramCredential = {
  readonly salt: string;
  readonly storedKey: string;
  readonly serverKey: string;
  readonly iterations: number;
};

/** Whom a quota is for: a name, or null for whoever has no quota of its own; a part that is missing does not matter. */
export type QuotaEntity = {
  readonly user?: string | null;
  readonly 'client-id'?: string | null;
  readonly ip?: string | null;
};

export type ClientQuota = { readonly entity: QuotaEntity; readonly values: Readonly<Record<string, number>> };

/** What the cluster knows about rights and users. Never changed: a change makes the next image. */
export type SecurityImage = {
  readonly acls: ReadonlyMap<string, Acl>;
  /** By user, then by mechanism. */
  readonly scramCredentials: ReadonlyMap<string, Readonly<Partial<Record<ScramMechanism, ScramCredential>>>>;
  readonly clientQuotas: ReadonlyMap<string, ClientQuota>;
};

export type SecurityChange =
  | { readonly kind: 'acls-added'; readonly acls: readonly Acl[] }
  | { readonly kind: 'acls-removed'; readonly acls: readonly Acl[] }
  | {
      readonly kind: 'scram-credential-set';
      readonly user: string;
      readonly mechanism: ScramMechanism;
      /** Null removes it. */
      readonly credential: ScramCredential | null;
    }
  /** The values of an entity from now on; none removes it. */
  | { readonly kind: 'client-quota-set'; readonly quota: ClientQuota };

export const EMPTY_SECURITY: SecurityImage = { acls: new Map(), scramCredentials: new Map(), clientQuotas: new Map() };

export function applySecurityChange(image: SecurityImage, change: SecurityChange): SecurityImage {
  switch (change.kind) {
    case 'acls-added':
    case 'acls-removed': {
      const acls = new Map(image.acls);
      for (const acl of change.acls) {
        if (change.kind === 'acls-added') acls.set(aclKey(acl), acl);
        else acls.delete(aclKey(acl));
      }
      return { ...image, acls };
    }
    case 'scram-credential-set': {
      const { user, mechanism, credential } = change;
      const { [mechanism]: _before, ...others } = image.scramCredentials.get(user) ?? {};
      const own = credential === null ? others : { ...others, [mechanism]: credential };
      const next = Object.keys(own).length === 0 ? null : own;
      return { ...image, scramCredentials: withEntry(image.scramCredentials, user, next) };
    }
    case 'client-quota-set': {
      const { quota } = change;
      const next = Object.keys(quota.values).length === 0 ? null : quota;
      return { ...image, clientQuotas: withEntry(image.clientQuotas, quotaKey(quota.entity), next) };
    }
    default:
      return unreachable(change);
  }
}

/** The changes that make an image from the empty one. */
export function securityChangesOf(image: SecurityImage): SecurityChange[] {
  const scram = [...image.scramCredentials].flatMap(([user, credentials]) =>
    SCRAM_MECHANISMS.flatMap((mechanism): SecurityChange[] => {
      const credential = credentials[mechanism];
      return credential === undefined ? [] : [{ kind: 'scram-credential-set', user, mechanism, credential }];
    }),
  );
  const quotas = [...image.clientQuotas.values()].map((quota): SecurityChange => ({ kind: 'client-quota-set', quota }));
  const acls: SecurityChange[] = image.acls.size === 0 ? [] : [{ kind: 'acls-added', acls: [...image.acls.values()] }];
  return [...acls, ...scram, ...quotas];
}

/** Two rules are the same when all their parts are: there is no other identity. */
function aclKey(acl: Acl): string {
  const { resourceType, patternType, resourceName, principal, host, operation, permission } = acl;
  return JSON.stringify([resourceType, patternType, resourceName, principal, host, operation, permission]);
}

export function quotaKey({ user, 'client-id': clientId, ip }: QuotaEntity): string {
  // A part that is missing is not the same as one that stands for everybody else.
  return JSON.stringify([user ?? user === null, clientId ?? clientId === null, ip ?? ip === null]);
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V | null): Map<string, V> {
  const next = new Map(map);
  if (value === null) next.delete(key);
  else next.set(key, value);
  return next;
}
