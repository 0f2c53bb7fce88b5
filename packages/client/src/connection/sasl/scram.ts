import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { MillraceError } from '@millrace/base';
import type { SaslConversation } from './mechanism.ts';

const NONCE_BYTES = 18;
// Kafka's least; fewer would let a false broker learn the password cheaply.
const ITERATIONS_MIN = 4096;
// "n,," in base64: no channel binding, no other identity.
const NO_CHANNEL_BINDING = 'c=biws';

/** RFC 5802 as KIP-84 uses it: the password never travels, and the broker must prove that it knows it, too. */
export function scram(hash: 'sha256' | 'sha512', username: string, password: string): SaslConversation {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const firstBare = `n=${username.replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  let serverSignature: Buffer | undefined;

  async function proof(challenge: string): Promise<Uint8Array> {
    const fields = parseFields(challenge);
    const serverNonce = fields.get('r') ?? '';
    const iterations = Number(fields.get('i'));
    if (!serverNonce.startsWith(nonce)) throw refused('the broker changed the nonce');
    if (!(iterations >= ITERATIONS_MIN)) throw refused(`the broker asks for ${iterations} iterations only`);
    const salt = Buffer.from(fields.get('s') ?? '', 'base64');
    const keyBytes = hash === 'sha256' ? 32 : 64;
    const salted = await promisify(pbkdf2)(password.normalize('NFKC'), salt, iterations, keyBytes, hash);
    const clientKey = hmac(hash, salted, 'Client Key');
    const storedKey = createHash(hash).update(clientKey).digest();
    const finalBare = `${NO_CHANNEL_BINDING},r=${serverNonce}`;
    const spoken = `${firstBare},${challenge},${finalBare}`;
    const signature = hmac(hash, storedKey, spoken);
    serverSignature = hmac(hash, hmac(hash, salted, 'Server Key'), spoken);
    const clientProof = clientKey.map((byte, index) => byte ^ signature[index]!);
    return Buffer.from(`${finalBare},p=${Buffer.from(clientProof).toString('base64')}`);
  }

  function check(challenge: string, expected: Buffer): null {
    const fields = parseFields(challenge);
    const said = Buffer.from(fields.get('v') ?? '', 'base64');
    if (said.length !== expected.length || !timingSafeEqual(said, expected)) {
      throw refused(fields.get('e') ?? 'the broker does not know the password either');
    }
    return null;
  }

  return {
    first: () => Buffer.from(`n,,${firstBare}`),
    next: (bytes) => {
      const challenge = Buffer.from(bytes).toString();
      return serverSignature === undefined ? proof(challenge) : check(challenge, serverSignature);
    },
  };
}

function hmac(hash: string, key: Uint8Array, text: string): Buffer {
  return createHmac(hash, key).update(text).digest();
}

function parseFields(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(',').map((field) => [field.slice(0, 1), field.slice(2)]));
}

function refused(why: string): MillraceError {
  return new MillraceError('SASL_AUTHENTICATION_FAILED', `SCRAM authentication failed: ${why}`);
}
