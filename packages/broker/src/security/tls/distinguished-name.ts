import type { X509Certificate } from 'node:crypto';

/** OpenSSL's short names that Java writes otherwise (RFC 2253 knows few names; the rest are numbers). */
const EMAIL_OID = '1.2.840.113549.1.9.1';
const IA5_STRING_TAG = 0x16;

/**
 * The subject of a certificate as Java's `X500Principal.getName()` writes it, which is what ACLs of Kafka name: RFC 2253,
 * the last part first, `CN=alice,OU=Fulfilment,O=Example,C=US`.
 */
export function distinguishedName(certificate: X509Certificate): string {
  // One line for each part, in the order of the certificate, special characters escaped as RFC 2253 wants.
  const parts = certificate.subject.split('\n');
  return parts.reverse().map(javaPart).join(',');
}

function javaPart(part: string): string {
  const email = /^emailAddress=(.*)$/.exec(part);
  if (email === null) return part;
  const text = Buffer.from(email[1]!);
  const header = Buffer.from([IA5_STRING_TAG, text.byteLength]);
  return `${EMAIL_OID}=#${Buffer.concat([header, text]).toString('hex')}`;
}
