import type { Acl, AclResourceType } from '../../cluster/security-image.ts';

/** Stands for every resource of a type, every host, and as `User:*` for everybody. */
export const WILDCARD = '*';

type OfType = {
  readonly literal: Map<string, Acl[]>;
  readonly prefixed: Map<string, Acl[]>;
  /** Lengths of the prefixes, so that only those beginnings of a name are looked up that some rule has. */
  readonly prefixLengths: Set<number>;
};

/** Rules arranged so that those for one resource are found by a few look-ups, however many rules there are. */
export class AclIndex {
  readonly #byType = new Map<AclResourceType, OfType>();

  constructor(acls: Iterable<Acl>) {
    for (const acl of acls) this.#add(acl);
  }

  /** Calls back with every rule for a resource. */
  forResource(type: AclResourceType, name: string, see: (acl: Acl) => void): void {
    const ofType = this.#byType.get(type);
    if (ofType === undefined) return;
    ofType.literal.get(name)?.forEach(see);
    if (name !== WILDCARD) ofType.literal.get(WILDCARD)?.forEach(see);
    for (const length of ofType.prefixLengths) {
      if (length <= name.length) ofType.prefixed.get(name.slice(0, length))?.forEach(see);
    }
  }

  *ofType(type: AclResourceType): Iterable<Acl> {
    const ofType = this.#byType.get(type);
    if (ofType === undefined) return;
    for (const acls of ofType.literal.values()) yield* acls;
    for (const acls of ofType.prefixed.values()) yield* acls;
  }

  #add(acl: Acl): void {
    let ofType = this.#byType.get(acl.resourceType);
    if (ofType === undefined) {
      ofType = { literal: new Map(), prefixed: new Map(), prefixLengths: new Set() };
      this.#byType.set(acl.resourceType, ofType);
    }
    const { literal, prefixed, prefixLengths } = ofType;
    const byName = acl.patternType === 'Literal' ? literal : prefixed;
    const acls = byName.get(acl.resourceName);
    if (acls === undefined) byName.set(acl.resourceName, [acl]);
    else acls.push(acl);
    if (acl.patternType === 'Prefixed') prefixLengths.add(acl.resourceName.length);
  }
}
