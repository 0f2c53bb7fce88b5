/** Who a client has proved to be: Kafka's `KafkaPrincipal`, written `User:alice`. */
export type Principal = { readonly type: string; readonly name: string };

const USER_TYPE = 'User';

/** Whoever comes by a listener that asks for no proof. */
export const ANONYMOUS: Principal = { type: USER_TYPE, name: 'ANONYMOUS' };

export function userPrincipal(name: string): Principal {
  return { type: USER_TYPE, name };
}

export function formatPrincipal({ type, name }: Principal): string {
  return `${type}:${name}`;
}

/** Reads `User:alice`; null for a text without a colon or without a type. The name may hold colons. */
export function parsePrincipal(text: string): Principal | null {
  const at = text.indexOf(':');
  return at <= 0 ? null : { type: text.slice(0, at), name: text.slice(at + 1) };
}

export function isSamePrincipal(one: Principal, other: Principal): boolean {
  return one.type === other.type && one.name === other.name;
}
