import type { KeyObject } from 'node:crypto';
import { verify } from 'node:crypto';

/** A JSON web token whose parts were read; nothing of it is believed yet. */
export type Jwt = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** What was signed. */
  readonly signed: string;
  readonly signature: Uint8Array;
};

/** A token that is not to be believed. Its text is for the broker's log. */
export class InvalidToken extends Error {
  override readonly name: string = 'InvalidToken';
}

/** @throws InvalidToken */
export function parseJwt(token: string): Jwt {
  const parts = token.split('.');
  if (parts.length !== 3) throw new InvalidToken(`a token has 3 parts, this has ${parts.length}`);
  const [header = '', claims = '', signature = ''] = parts;
  return {
    header: parsePart(header, 'header'),
    claims: parsePart(claims, 'claims'),
    signed: `${header}.${claims}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

function parsePart(part: string, what: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // The same as JSON that is no object.
  }
  throw new InvalidToken(`the ${what} of the token are no JSON object`);
}

type Algorithm = {
  readonly hash: string;
  readonly keyType: 'rsa' | 'ec';
  /** Curve of an elliptic key, so that a key made for one algorithm is not used for another. */
  readonly curve?: string;
};

/** Signatures that are taken: those with a public key. A shared secret or none at all proves nothing here. */
const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: { hash: 'sha256', keyType: 'rsa' },
  RS384: { hash: 'sha384', keyType: 'rsa' },
  RS512: { hash: 'sha512', keyType: 'rsa' },
  ES256: { hash: 'sha256', keyType: 'ec', curve: 'prime256v1' },
  ES384: { hash: 'sha384', keyType: 'ec', curve: 'secp384r1' },
  ES512: { hash: 'sha512', keyType: 'ec', curve: 'secp521r1' },
};

/** @throws InvalidToken */
export function checkSignature(jwt: Jwt, key: KeyObject): void {
  const name = String(jwt.header.alg);
  const algorithm = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined;
  if (algorithm === undefined) throw new InvalidToken(`the algorithm ${name} is not taken`);
  const fits =
    key.asymmetricKeyType === algorithm.keyType &&
    (algorithm.curve === undefined || key.asymmetricKeyDetails?.namedCurve === algorithm.curve);
  if (!fits) throw new InvalidToken(`the key is not one for ${name}`);
  const isRight = verify(algorithm.hash, Buffer.from(jwt.signed), { key, dsaEncoding: 'ieee-p1363' }, jwt.signature);
  if (!isRight) throw new InvalidToken('the signature is wrong');
}
