import type { AclOperation, AclResourceType } from '../../cluster/security-image.ts';
import type { Asker, Authorizer } from './authorizer.ts';

/** The one resource of type Cluster has this name. */
export const CLUSTER_NAME = 'kafka-cluster';

/** What the client of one connection may do. */
export class Rights {
  readonly #authorizer: Authorizer;
  readonly #asker: Asker;

  constructor(authorizer: Authorizer, asker: Asker) {
    this.#authorizer = authorizer;
    this.#asker = asker;
  }

  may(operation: AclOperation, type: AclResourceType, name: string): boolean {
    return this.#authorizer.isAllowed(this.#asker, operation, type, name);
  }

  mayOnCluster(operation: AclOperation): boolean {
    return this.may(operation, 'Cluster', CLUSTER_NAME);
  }

  mayOnAny(operation: AclOperation, type: AclResourceType): boolean {
    return this.#authorizer.isAllowedForAny(this.#asker, operation, type);
  }
}
