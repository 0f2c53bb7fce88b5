// Kafka's numbers stand in `acls.ts`; here are its names in lower case, as its tools print them.

export type AclResourceType = 'topic' | 'group' | 'cluster' | 'transactional-id' | 'delegation-token' | 'user';
export type AclPatternType = 'literal' | 'prefixed';
export type AclOperation =
  | 'all'
  | 'read'
  | 'write'
  | 'create'
  | 'delete'
  | 'alter'
  | 'describe'
  | 'cluster-action'
  | 'describe-configs'
  | 'alter-configs'
  | 'idempotent-write'
  | 'create-tokens'
  | 'describe-tokens'
  | 'two-phase-commit';
export type AclPermission = 'allow' | 'deny';

/** One access rule: who may, or may not, do what with which resources, from where. */
export type AclBinding = {
  readonly resourceType: AclResourceType;
  /** `*` for all; of the cluster `kafka-cluster`. */
  readonly resourceName: string;
  readonly patternType: AclPatternType;
  /** Such as `User:alice`; `User:*` for all. */
  readonly principal: string;
  /** `*` for all. */
  readonly host: string;
  readonly operation: AclOperation;
  readonly permission: AclPermission;
};

/** Matches what it names; what is left out matches anything. */
export type AclFilter = Partial<Omit<AclBinding, 'patternType'>> & {
  /** `match`: every rule that concerns a resource of this name, also by prefix and `*`. Default: any. */
  readonly patternType?: AclPatternType | 'match' | 'any';
};
