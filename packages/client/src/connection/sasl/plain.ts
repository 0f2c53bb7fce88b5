import type { SaslConversation } from './mechanism.ts';

/** RFC 4616: name and password as they are, so only for TLS or loopback. */
export function plain(username: string, password: string): SaslConversation {
  return { first: () => Buffer.from(`\0${username}\0${password}`), next: () => null };
}
