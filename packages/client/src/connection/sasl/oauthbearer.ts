import type { OauthBearerToken } from '../config.ts';
import type { SaslConversation } from './mechanism.ts';

// The separator of RFC 7628's key=value pairs.
const SEPARATOR = '\x01';

/** RFC 7628 as KIP-255 uses it: a token from the user's own provider, asked for at each authentication. */
export function oauthBearer(provider: () => Promise<OauthBearerToken>): SaslConversation {
  return {
    async first() {
      const token = await provider();
      const extensions = Object.entries(token.extensions ?? {}).map(([name, value]) => `${name}=${value}${SEPARATOR}`);
      return Buffer.from(`n,,${SEPARATOR}auth=Bearer ${token.value}${SEPARATOR}${extensions.join('')}${SEPARATOR}`);
    },
    // A refused token comes with an explanation, which a lone separator acknowledges; the error code follows.
    next: (challenge) => (challenge.length === 0 ? null : Buffer.from(SEPARATOR)),
  };
}
