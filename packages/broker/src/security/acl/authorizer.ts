import type { Acl, AclOperation, AclResourceType } from '../../cluster/security-image.ts';
import { formatPrincipal, type Principal } from '../principal.ts';
import { AclIndex, WILDCARD } from './acl-index.ts';

const EVERYBODY = 'User:*';

/** What a rule that allows an operation allows besides; a rule that denies it denies nothing besides. */
const IMPLIED_BY: Readonly<Partial<Record<AclOperation, readonly AclOperation[]>>> = {
  Describe: ['Read', 'Write', 'Delete', 'Alter'],
  DescribeConfigs: ['AlterConfigs'],
};

export type AuthorizerOptions = {
  /** Who may do everything, whatever the rules say: `User:admin`. */
  readonly superUsers?: readonly string[];
  /** Whether everybody may use what no rule is about. Default: false. */
  readonly allowEveryoneIfNoAclFound?: boolean;
};

/** Who asks, from where. */
export type Asker = { readonly principal: Principal; readonly host: string };

/** Where the rules are; they may change at any time. */
export type AclSource = { readonly acls: ReadonlyMap<string, Acl> };

/**
 * Decides by Kafka's `StandardAuthorizer`: super users may everything; a rule that denies wins over all that allow; what no
 * rule allows is denied.
 */
export class Authorizer {
  readonly #superUsers: ReadonlySet<string>;
  readonly #allowsWithoutAcl: boolean;
  readonly #source: () => AclSource;
  #acls: ReadonlyMap<string, Acl> | null = null;
  #index = new AclIndex([]);

  constructor({ superUsers = [], allowEveryoneIfNoAclFound = false }: AuthorizerOptions, source: () => AclSource) {
    this.#superUsers = new Set(superUsers);
    this.#allowsWithoutAcl = allowEveryoneIfNoAclFound;
    this.#source = source;
  }

  isSuperUser(principal: Principal): boolean {
    return this.#superUsers.has(formatPrincipal(principal));
  }

  isAllowed(asker: Asker, operation: AclOperation, type: AclResourceType, name: string): boolean {
    const who = formatPrincipal(asker.principal);
    if (this.#superUsers.has(who)) return true;
    let hasRules = false;
    let isAllowed = false;
    let isDenied = false;
    this.#current().forResource(type, name, (acl) => {
      hasRules = true;
      if (!concerns(acl, who, asker.host)) return;
      if (acl.permission === 'Deny') isDenied ||= acl.operation === 'All' || acl.operation === operation;
      else isAllowed ||= allows(acl, operation);
    });
    if (isDenied) return false;
    return isAllowed || (!hasRules && this.#allowsWithoutAcl);
  }

  /** Whether there is any resource of a type that this may be done with (KIP-679). */
  isAllowedForAny(asker: Asker, operation: AclOperation, type: AclResourceType): boolean {
    // Any name will do: this finds super users, rules for all names, and what is allowed without rules.
    if (this.isAllowed(asker, operation, type, 'any-name')) return true;
    const who = formatPrincipal(asker.principal);
    const own = [...this.#current().ofType(type)].filter(
      (acl) => concerns(acl, who, asker.host) && (acl.operation === operation || acl.operation === 'All'),
    );
    const denied = own.filter(({ permission }) => permission === 'Deny');
    return own.some((acl) => acl.permission === 'Allow' && !denied.some((deny) => covers(deny, acl)));
  }

  #current(): AclIndex {
    const { acls } = this.#source();
    if (acls !== this.#acls) {
      this.#acls = acls;
      this.#index = new AclIndex(acls.values());
    }
    return this.#index;
  }
}

function concerns(acl: Acl, who: string, host: string): boolean {
  return (acl.principal === who || acl.principal === EVERYBODY) && (acl.host === WILDCARD || acl.host === host);
}

function allows(acl: Acl, operation: AclOperation): boolean {
  if (acl.operation === 'All' || acl.operation === operation) return true;
  return IMPLIED_BY[operation]?.includes(acl.operation) ?? false;
}

/** Whether a rule that denies takes away all that one allows. */
function covers(deny: Acl, allow: Acl): boolean {
  if (deny.patternType === 'Prefixed') {
    return allow.resourceName !== WILDCARD && allow.resourceName.startsWith(deny.resourceName);
  }
  if (deny.resourceName === WILDCARD) return true;
  return allow.patternType === 'Literal' && allow.resourceName === deny.resourceName;
}
