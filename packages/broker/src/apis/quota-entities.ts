import type { QuotaEntity } from '../cluster/security-image.ts';

const ENTITY_TYPES = ['user', 'client-id', 'ip'] as const;
type EntityType = (typeof ENTITY_TYPES)[number];

export function isEntityType(type: string): type is EntityType {
  return ENTITY_TYPES.some((known) => known === type);
}

/** The parts of an entity as they stand on the wire. */
export function entityParts(
  entity: QuotaEntity,
): { readonly entityType: string; readonly entityName: string | null }[] {
  return ENTITY_TYPES.flatMap((entityType) => {
    const entityName = entity[entityType];
    return entityName === undefined ? [] : [{ entityType, entityName }];
  });
}
