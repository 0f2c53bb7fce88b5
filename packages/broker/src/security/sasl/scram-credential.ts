import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { MillraceError } from '@millrace/base';
import { SCRAM_MECHANISMS, type ScramCredential, type ScramMechanism } from '../../cluster/security-image.ts';

/** Kafka's bounds: fewer iterations make passwords cheap to guess, more make every log-in dear. */
export const SCRAM_ITERATIONS_MIN = 4096;
export const SCRAM_ITERATIONS_MAX = 16_384;

const SALT_BYTES = 24;

/** Name of the hash function in Node, and its length. */
export function scramHash(mechanism: ScramMechanism): { readonly hash: string; readonly bytes: number } {
  return mechanism === 'SCRAM-SHA-256' ? { hash: 'sha256', bytes: 32 } : { hash: 'sha512', bytes: 64 };
}

/** A user with a password, as it is given when a broker starts: `BrokerOptions.scramUsers`. */
export type ScramUser = {
  readonly mechanism: ScramMechanism;
  readonly name: string;
  readonly password: string;
  /** Default: 4096. */
  readonly iterations?: number;
};

/** What the broker stores of a password: enough to check it, not enough to log in with it (RFC 5802). */
export function scramCredential({
  mechanism,
  password,
  iterations = SCRAM_ITERATIONS_MIN,
}: ScramUser): ScramCredential {
  const { hash, bytes } = scramHash(mechanism);
  const salt = randomBytes(SALT_BYTES);
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, bytes, hash);
  return credentialOfSaltedPassword(mechanism, salted, salt, iterations);
}

/** The same from the hash that Kafka's admin clients send instead of the password (KIP-554). */
export function credentialOfSaltedPassword(
  mechanism: ScramMechanism,
  saltedPassword: Uint8Array,
  salt: Uint8Array,
  iterations: number,
): ScramCredential {
  const { hash } = scramHash(mechanism);
  const clientKey = createHmac(hash, saltedPassword).update('Client Key').digest();
  return {
    salt: Buffer.from(salt).toString('base64'),
    storedKey: createHash(hash).update(clientKey).digest('base64'),
    serverKey: createHmac(hash, saltedPassword).update('Server Key').digest('base64'),
    iterations,
  };
}

const SCRAM_USER = /^(SCRAM-SHA-\d+)=\[(.*)\]$/;

/**
 * Reads a user as Kafka's storage tool has it: `SCRAM-SHA-256=[name=alice,password=alice-secret,iterations=8192]`.
 *
 * @throws MillraceError `INVALID_SCRAM_USER`; its message shows no password.
 */
export function parseScramUser(text: string): ScramUser {
  const match = SCRAM_USER.exec(text.trim());
  const mechanism = SCRAM_MECHANISMS.find((known) => known === match?.[1]);
  const fields = new Map((match?.[2] ?? '').split(',').map((field) => splitAt(field.trim(), '=')));
  const [name, password] = [unquote(fields.get('name')), unquote(fields.get('password'))];
  const iterations = Number(fields.get('iterations') ?? SCRAM_ITERATIONS_MIN);
  const isFit = iterations >= SCRAM_ITERATIONS_MIN && iterations <= SCRAM_ITERATIONS_MAX;
  if (mechanism === undefined || name === '' || password === '' || !isFit) {
    throw new MillraceError(
      'INVALID_SCRAM_USER',
      'write SCRAM-SHA-256=[name=NAME,password=PASSWORD] or SCRAM-SHA-512=[…]; ' +
        `iterations=N may follow, from ${SCRAM_ITERATIONS_MIN} to ${SCRAM_ITERATIONS_MAX}`,
    );
  }
  return { mechanism, name, password, iterations };
}

function splitAt(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function unquote(text: string | undefined): string {
  return (text ?? '').replace(/^"(.*)"$/, '$1');
}
