/** AlterClientQuotas, versions 0–1 (KIP-546). 1: flexible. */
import { isIP } from 'node:net';
import type { AlterClientQuotasRequestEntryData, AlterClientQuotasRequestOpData } from '@millrace/protocol';
import { type QuotaEntity, quotaKey, type SecurityChange } from '../cluster/security-image.ts';
import { BrokerError, errorCodeOf } from '../lib/broker-error.ts';
import { CLIENT_QUOTAS } from '../security/quota/find-quota.ts';
import { type BrokerApi, defineApi, type Services } from './api.ts';
import { isEntityType } from './quota-entities.ts';

const IP_QUOTAS: readonly string[] = ['connection_creation_rate'];

/** Counted in whole numbers; the others may have parts. */
const WHOLE_QUOTAS: readonly string[] = ['producer_byte_rate', 'consumer_byte_rate', ...IP_QUOTAS];

export const alterClientQuotas: BrokerApi = defineApi({
  name: 'AlterClientQuotas',
  async handle(services, request) {
    const changes: SecurityChange[] = [];
    const entries = request.entries.map((entry) => {
      const { entity } = entry;
      try {
        changes.push(plan(services, entry));
        return { errorCode: 0, errorMessage: null, entity };
      } catch (error) {
        const errorMessage = error instanceof Error ? error.message : String(error);
        return { errorCode: errorCodeOf(error), errorMessage, entity };
      }
    });
    if (changes.length > 0 && !request.validateOnly) await services.cluster.change(changes);
    return { throttleTimeMs: 0, entries };
  },
});

function plan({ cluster }: Services, { entity: parts, ops }: AlterClientQuotasRequestEntryData): SecurityChange {
  const entity = checkEntity(parts);
  const values = { ...cluster.image.security.clientQuotas.get(quotaKey(entity))?.values };
  const known: readonly string[] = entity.ip === undefined ? CLIENT_QUOTAS : IP_QUOTAS;
  for (const op of ops) {
    if (!known.includes(op.key)) throw new BrokerError('INVALID_REQUEST', `Invalid configuration key ${op.key}`);
    if (op.remove) delete values[op.key];
    else values[op.key] = checkValue(op);
  }
  return { kind: 'client-quota-set', quota: { entity, values } };
}

function checkEntity(parts: AlterClientQuotasRequestEntryData['entity']): QuotaEntity {
  if (parts.length === 0) throw new BrokerError('INVALID_REQUEST', 'Invalid empty client quota entity');
  const entity: Record<string, string | null> = {};
  for (const { entityType, entityName } of parts) {
    if (!isEntityType(entityType)) {
      throw new BrokerError('INVALID_REQUEST', `Unhandled client quota entity type: ${entityType}`);
    }
    if (entityName === '') throw new BrokerError('INVALID_REQUEST', `Empty ${entityType} not supported`);
    entity[entityType] = entityName;
  }
  if (entity.ip !== undefined && parts.length > 1) {
    throw new BrokerError(
      'INVALID_REQUEST',
      'Invalid quota entity combination, IP entity should not be combined with User or ClientId',
    );
  }
  if (typeof entity.ip === 'string' && isIP(entity.ip) === 0) {
    throw new BrokerError('INVALID_REQUEST', `${entity.ip} is not a valid IP or resolvable host.`);
  }
  return entity;
}

function checkValue({ key, value }: AlterClientQuotasRequestOpData): number {
  const isWhole = WHOLE_QUOTAS.includes(key);
  if (isWhole && !Number.isInteger(value)) {
    throw new BrokerError('INVALID_REQUEST', `${key} cannot be a fractional value.`);
  }
  if (!(value > 0)) throw new BrokerError('INVALID_REQUEST', `Quota ${key} must be greater than 0`);
  return value;
}
