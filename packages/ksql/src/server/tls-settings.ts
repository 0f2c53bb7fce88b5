import fs from 'node:fs';
import type { SecureContextOptions } from 'node:tls';
import { MillraceError } from '@millrace/base';

/** TLS as Node has it; with `ca`, clients may show a certificate, and with `requestCert` they have to. */
export type ServerTls = SecureContextOptions & {
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: boolean;
};

/** Settings by name, as they stand in ksqlDB's properties file. */
export type ServerSettings = Readonly<Record<string, string>>;

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/;
const JKS_MAGIC = 0xfeedfeed;

/**
 * The certificates of a server by ksqlDB's settings `ssl.keystore.…`, `ssl.truststore.…` and `ssl.client.authentication`:
 * key stores are PKCS12 or PEM, trust stores PEM.
 * @throws MillraceError `INVALID_TLS_CONFIG`
 */
export function tlsOfSettings(settings: ServerSettings): ServerTls {
  const clients = (settings['ssl.client.authentication'] ?? 'NONE').toUpperCase();
  if (!['NONE', 'REQUESTED', 'REQUIRED'].includes(clients)) {
    throw invalid(`ssl.client.authentication=${clients}: give NONE, REQUESTED or REQUIRED`);
  }
  return {
    ...keyStore(settings),
    ...(clients === 'NONE' ? {} : { ca: trusted(settings), requestCert: true }),
    ...(clients === 'REQUESTED' ? { rejectUnauthorized: false } : {}),
  };
}

function keyStore(settings: ServerSettings): ServerTls {
  const passphrase = settings['ssl.key.password'] ?? settings['ssl.keystore.password'];
  const secret = passphrase === undefined ? {} : { passphrase };
  const chain = settings['ssl.keystore.certificate.chain'];
  const inlineKey = settings['ssl.keystore.key'];
  if (chain !== undefined && inlineKey !== undefined) return { cert: chain, key: inlineKey, ...secret };
  const location = settings['ssl.keystore.location'];
  if (location === undefined) throw invalid('https needs a certificate: give ssl.keystore.location');
  const bytes = readStore('ssl.keystore.location', location);
  if (!bytes.includes('-----BEGIN ')) return { pfx: bytes, ...secret };
  const text = bytes.toString('utf8');
  const [cert, key] = [text.match(CERTIFICATES)?.join('\n'), PRIVATE_KEY.exec(text)?.[0]];
  if (cert === undefined || key === undefined) {
    throw invalid(`${location} must hold a private key and the certificates that belong to it`);
  }
  return { cert, key, ...secret };
}

function trusted(settings: ServerSettings): string[] {
  const location = settings['ssl.truststore.location'];
  const text =
    location === undefined
      ? settings['ssl.truststore.certificates']
      : readStore('ssl.truststore.location', location).toString('utf8');
  const certificates = text?.match(CERTIFICATES);
  if (certificates != null) return certificates;
  throw invalid(
    'ssl.client.authentication needs ssl.truststore.location, a PEM file of the authorities of the clients',
  );
}

function readStore(name: string, location: string): Buffer {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(location);
  } catch (error) {
    throw invalid(`${name}=${location} can't be read: ${(error as Error).message}`);
  }
  if (bytes.byteLength < 4 || bytes.readUInt32BE(0) !== JKS_MAGIC) return bytes;
  throw invalid(
    `${location} is a JKS store: keytool -importkeystore -srckeystore ${location} -destkeystore store.p12 ` +
      '-deststoretype PKCS12 makes one that can be read',
  );
}

function invalid(message: string): MillraceError {
  return new MillraceError('INVALID_TLS_CONFIG', message);
}
