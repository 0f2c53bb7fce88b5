import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { ScramCredential, ScramMechanism } from '../../cluster/security-image.ts';
import { BrokerError } from '../../lib/broker-error.ts';
import { userPrincipal } from '../principal.ts';
import { isSameSecret } from './constant-time.ts';
import { InvalidSaslMessage, type SaslServer, type SaslStep } from './sasl-server.ts';
import { SCRAM_ITERATIONS_MIN, scramHash } from './scram-credential.ts';

const NONCE_BYTES = 18;

/** Keys what is told about users that do not exist, so that it is the same each time and can't be told from the truth. */
const PRETENCE_KEY: Uint8Array = randomBytes(32);

type First = {
  readonly name: string;
  readonly credential: ScramCredential | null;
  readonly gs2Header: string;
  readonly clientNonce: string;
  /** The client's nonce and ours behind it. */
  readonly nonce: string;
  /** Both first messages, which the proof is made over. */
  readonly spoken: string;
};

/**
 * RFC 5802 as KIP-84 uses it. Who does not exist is asked for a proof like everybody else: nobody learns names here.
 */
export function scramServer(
  mechanism: ScramMechanism,
  credentialOf: (name: string) => ScramCredential | null,
): SaslServer {
  const { hash } = scramHash(mechanism);
  let first: First | null = null;
  return {
    respond(message) {
      const text = Buffer.from(message).toString('utf8');
      if (first !== null) return finish(hash, first, text);
      const started = begin(mechanism, text, credentialOf);
      first = started.first;
      return { kind: 'challenge', bytes: Buffer.from(started.challenge) };
    },
  };
}

function begin(
  mechanism: ScramMechanism,
  text: string,
  credentialOf: (name: string) => ScramCredential | null,
): { readonly first: First; readonly challenge: string } {
  const match = /^((?:n|y),(?:a=([^,]*))?,)(n=([^,]+),r=([\x21-\x2b\x2d-\x7e]+)(,.*)?)$/.exec(text);
  if (match === null) throw new InvalidSaslMessage('Invalid SCRAM client first message');
  const [, gs2Header = '', authorizationId = '', bare = '', saslName = '', clientNonce = ''] = match;
  const name = saslName.replaceAll('=2C', ',').replaceAll('=3D', '=');
  if (authorizationId !== '' && authorizationId !== saslName) {
    throw new BrokerError(
      'SASL_AUTHENTICATION_FAILED',
      'Authentication failed: Client requested an authorization id that is different from username',
    );
  }
  const credential = credentialOf(name);
  const nonce = clientNonce + randomBytes(NONCE_BYTES).toString('base64');
  const { salt, iterations } = credential ?? pretence(mechanism, name);
  const challenge = `r=${nonce},s=${salt},i=${iterations}`;
  return { first: { name, credential, gs2Header, clientNonce, nonce, spoken: `${bare},${challenge}` }, challenge };
}

/**
 * librdkafka before 2.2 puts its nonce in front of ours once more, and Kafka before 3.9 never looked. Ours is in it, so the
 * proof is as fresh as it must be; anything else is refused (CVE-2024-56128).
 */
function finish(hash: string, first: First, text: string): SaslStep {
  const match = /^(c=([^,]*),r=([^,]*)(?:,.*)?),p=([^,]+)$/.exec(text);
  if (match === null) throw new InvalidSaslMessage('Invalid SCRAM client final message');
  const [, withoutProof = '', binding = '', nonce = '', proofText = ''] = match;
  if (nonce !== first.nonce && nonce !== first.clientNonce + first.nonce)
    throw new InvalidSaslMessage('Invalid client nonce in the final client message');
  if (Buffer.from(binding, 'base64').toString() !== first.gs2Header) {
    throw new InvalidSaslMessage('the final client message has another header than the first');
  }
  const { credential } = first;
  const spoken = `${first.spoken},${withoutProof}`;
  const storedKey = Buffer.from(credential?.storedKey ?? '', 'base64');
  const signature = createHmac(hash, storedKey).update(spoken).digest();
  const proof = Buffer.from(proofText, 'base64');
  const clientKey = signature.map((byte, index) => byte ^ (proof[index] ?? 0));
  const isRight =
    isSameSecret(createHash(hash).update(clientKey).digest(), storedKey) && proof.byteLength === signature.byteLength;
  if (credential === null || !isRight) throw new InvalidSaslMessage('Invalid client credentials');
  const serverKey = Buffer.from(credential.serverKey, 'base64');
  const serverSignature = createHmac(hash, serverKey).update(spoken).digest('base64');
  return {
    kind: 'authenticated',
    bytes: Buffer.from(`v=${serverSignature}`),
    principal: userPrincipal(first.name),
    expiresAtMs: null,
  };
}

function pretence(mechanism: ScramMechanism, name: string): Pick<ScramCredential, 'salt' | 'iterations'> {
  const salt = createHmac('sha256', PRETENCE_KEY).update(`${mechanism} ${name}`).digest().subarray(0, 24);
  return { salt: salt.toString('base64'), iterations: SCRAM_ITERATIONS_MIN };
}
