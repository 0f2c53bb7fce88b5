/** DescribeClientQuotas, versions 0–1 (KIP-546). 1: flexible. */
import type { DescribeClientQuotasRequestComponentData, DescribeClientQuotasResponse } from '@millrace/protocol';
import type { QuotaEntity } from '../cluster/security-image.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { type BrokerApi, defineApi } from './api.ts';
import { entityParts, isEntityType } from './quota-entities.ts';

const MATCH = { exact: 0, default: 1, any: 2 } as const;

export const describeClientQuotas: BrokerApi = defineApi({
  name: 'DescribeClientQuotas',
  handle({ cluster }, { components, strict }): DescribeClientQuotasResponse {
    try {
      checkComponents(components);
      const entries = [...cluster.image.security.clientQuotas.values()]
        .filter(({ entity }) => components.every((component) => fits(entity, component)))
        .filter(({ entity }) => !strict || entityParts(entity).length === components.length)
        .map(({ entity, values }) => ({
          entity: entityParts(entity),
          values: Object.entries(values).map(([key, value]) => ({ key, value })),
        }));
      return { throttleTimeMs: 0, errorCode: 0, errorMessage: null, entries };
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      return { throttleTimeMs: 0, errorCode: errorCodeOf(error), errorMessage, entries: null };
    }
  },
});

function checkComponents(components: readonly DescribeClientQuotasRequestComponentData[]): void {
  const types = components.map(({ entityType }) => entityType);
  for (const { entityType, matchType, match } of components) {
    if (entityType === '') throw new BrokerError('INVALID_REQUEST', 'Unexpected empty filter component entity type');
    if (!isEntityType(entityType)) {
      throw new BrokerError('UNSUPPORTED_VERSION', `Unsupported entity type ${entityType}`);
    }
    if (types.indexOf(entityType) !== types.lastIndexOf(entityType)) {
      throw new BrokerError('INVALID_REQUEST', `Entity type ${entityType} cannot appear more than once in the filter`);
    }
    const isRight = matchType === MATCH.exact ? match !== null : matchType <= MATCH.any && match === null;
    if (!isRight) throw new BrokerError('INVALID_REQUEST', `Unknown match type ${matchType}`);
  }
  if (types.includes('ip') && types.length > 1) {
    throw new BrokerError('INVALID_REQUEST', 'IP filter component should not be used with User or ClientId');
  }
}

function fits(
  entity: QuotaEntity,
  { entityType, matchType, match }: DescribeClientQuotasRequestComponentData,
): boolean {
  const part = entityParts(entity).find((one) => one.entityType === entityType);
  if (part === undefined) return false;
  return matchType === MATCH.any || part.entityName === (matchType === MATCH.default ? null : match);
}
