import type { Cluster } from '../cluster/cluster.ts';
import { throwIfError } from '../lib/errors.ts';
import type { AlterOptions } from './admin-types.ts';

export type QuotaEntityType = 'user' | 'client-id' | 'ip';

/** Whom a quota is for: a name for each part, or null for the default of all names: `{ user: 'alice', 'client-id': null }`. */
export type QuotaEntity = Readonly<Partial<Record<QuotaEntityType, string | null>>>;

export type QuotaDescription = {
  readonly entity: QuotaEntity;
  /** Such as `producer_byte_rate`, `consumer_byte_rate` and `request_percentage`. */
  readonly quotas: Readonly<Record<string, number>>;
};

export type QuotaFilter = {
  /** What each part must be: a name, null for the default, `{ any: true }` for any that is named. */
  readonly entity?: Readonly<Partial<Record<QuotaEntityType, string | null | { readonly any: true }>>>;
  /** Only entities without other parts. Default: false. */
  readonly strict?: boolean;
};

export type QuotaAlteration = {
  readonly entity: QuotaEntity;
  /** Null deletes a quota. */
  readonly quotas: Readonly<Record<string, number | null>>;
};

const MATCH = { exact: 0, default: 1, any: 2 } as const;

export async function describeQuotas(cluster: Cluster, filter: QuotaFilter): Promise<readonly QuotaDescription[]> {
  const link = await cluster.controllerLink();
  const answer = await link.call('DescribeClientQuotas', {
    components: Object.entries(filter.entity ?? {}).map(([entityType, match]) => ({
      entityType,
      matchType: match === null ? MATCH.default : typeof match === 'string' ? MATCH.exact : MATCH.any,
      match: typeof match === 'string' ? match : null,
    })),
    strict: filter.strict ?? false,
  });
  throwIfError(answer.errorCode, 'describing quotas', {}, answer.errorMessage);
  return (answer.entries ?? []).map(({ entity, values }) => ({
    entity: Object.fromEntries(entity.map(({ entityType, entityName }) => [entityType, entityName])),
    quotas: Object.fromEntries(values.map(({ key, value }) => [key, value])),
  }));
}

export async function alterQuotas(
  cluster: Cluster,
  alterations: readonly QuotaAlteration[],
  options: AlterOptions,
): Promise<void> {
  const link = await cluster.controllerLink();
  const answer = await link.call('AlterClientQuotas', {
    entries: alterations.map(({ entity, quotas }) => ({
      entity: Object.entries(entity).map(([entityType, entityName]) => ({ entityType, entityName })),
      ops: Object.entries(quotas).map(([key, value]) => ({ key, value: value ?? 0, remove: value === null })),
    })),
    validateOnly: options.validateOnly ?? false,
  });
  for (const { errorCode, errorMessage, entity } of answer.entries) {
    const name = entity.map(({ entityType, entityName }) => `${entityType} ${entityName ?? '(default)'}`).join(', ');
    throwIfError(errorCode, `changing the quotas of ${name}`, {}, errorMessage);
  }
}
