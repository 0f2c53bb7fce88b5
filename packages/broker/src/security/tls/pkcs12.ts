import { createDecipheriv, pbkdf2Sync, X509Certificate } from 'node:crypto';
import { MillraceError } from '@millrace/base';
import { DER_SEQUENCE, type DerValue, derOid, derParts, derValues } from './der.ts';

const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  pbes2: '1.2.840.113549.1.5.13',
  certificateBag: '1.2.840.113549.1.12.10.1.3',
} as const;

const CIPHERS: Readonly<Record<string, { readonly name: string; readonly keyBytes: number }>> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyBytes: 32 },
};

const SHA1_HMAC = '1.2.840.113549.2.7';
const HMACS: Readonly<Record<string, string>> = {
  [SHA1_HMAC]: 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** More would hold up the start for minutes. */
const ITERATIONS_MAX = 1_000_000;

/**
 * The certificates in a PKCS12 store (RFC 7292), PEM. Node reads a store for the sake of its key; one that holds nothing but
 * certificates, as `keytool` makes trust stores, it does not.
 *
 * @throws MillraceError `INVALID_PKCS12` for what is none, for a wrong password, and for the ciphers of old tools.
 */
export function certificatesOfPkcs12(store: Buffer, password: string): string[] {
  try {
    const [, authSafe] = derParts(derValues(store)[0]);
    const contents = derParts(derValues(contentOf(authSafe))[0]);
    const bags = contents.flatMap((content) => derParts(derValues(safeContents(content, password))[0]));
    return bags.flatMap(certificateOf);
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    throw new MillraceError('INVALID_PKCS12', 'it is no PKCS12 store, or the password is wrong', { cause: error });
  }
}

/** What a ContentInfo of kind `data` holds. */
function contentOf(info: DerValue | undefined): Buffer {
  const [kind, explicit] = derParts(info);
  if (kind === undefined || derOid(kind) !== OID.data) throw new RangeError('no data');
  return derParts(explicit)[0]!.content;
}

function safeContents(info: DerValue, password: string): Buffer {
  const [kind, explicit] = derParts(info);
  if (kind === undefined || derOid(kind) !== OID.encryptedData) return contentOf(info);
  const [, encrypted] = derParts(derParts(explicit)[0]);
  const [, algorithm, bytes] = derParts(encrypted);
  return decrypt(algorithm!, bytes!, password);
}

function decrypt(algorithm: DerValue, bytes: DerValue, password: string): Buffer {
  const [scheme, parameters] = derParts(algorithm);
  const [derivation, encryption] = derOid(scheme!) === OID.pbes2 ? derParts(parameters) : [];
  const [cipherId, iv] = encryption === undefined ? [] : derParts(encryption);
  const cipher = cipherId === undefined ? undefined : CIPHERS[derOid(cipherId)];
  if (derivation === undefined || cipher === undefined || iv === undefined) {
    throw new MillraceError(
      'INVALID_PKCS12',
      'it is encrypted in a way that is no longer safe: write it anew with a keytool or OpenSSL of today',
    );
  }
  const [, derivationParameters] = derParts(derivation);
  const [salt, iterations, ...more] = derParts(derivationParameters);
  const count = iterations!.content.readUIntBE(0, iterations!.content.byteLength);
  if (count > ITERATIONS_MAX) throw new RangeError(`${count} iterations`);
  const prf = more.find(({ tag }) => tag === DER_SEQUENCE);
  const hash = HMACS[prf === undefined ? SHA1_HMAC : derOid(derParts(prf)[0]!)];
  const key = pbkdf2Sync(password, salt!.content, count, cipher.keyBytes, hash!);
  const decipher = createDecipheriv(cipher.name, key, iv.content);
  return Buffer.concat([decipher.update(bytes.content), decipher.final()]);
}

function certificateOf(bag: DerValue): string[] {
  const [kind, explicit] = derParts(bag);
  if (derOid(kind!) !== OID.certificateBag) return [];
  const [, certificate] = derParts(derParts(explicit)[0]);
  return [new X509Certificate(derParts(certificate)[0]!.content).toString()];
}
