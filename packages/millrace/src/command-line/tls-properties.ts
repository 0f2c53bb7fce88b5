import { readFileSync } from 'node:fs';
import type { SecureVersion, ConnectionOptions as TlsOptions } from 'node:tls';
import { describeError, MillraceError } from '@millrace/base';

type Properties = Readonly<Record<string, string>>;

const TLS_VERSIONS: Readonly<Record<string, SecureVersion>> = { 'tlsv1.2': 'TLSv1.2', 'tlsv1.3': 'TLSv1.3' };

/**
 * TLS options from Kafka's `ssl.*` properties: PEM, as text or as files, and PKCS12 for the own key.
 *
 * @throws MillraceError `USAGE` for a store that only Java reads, and for a file that can't be read.
 */
export function tlsOptions(properties: Properties): TlsOptions {
  return {
    ...trusted(properties),
    ...own(properties),
    ...protocols(properties),
    // Kafka's way to say that the certificate need not name the host.
    ...(properties['ssl.endpoint.identification.algorithm'] === '' ? { checkServerIdentity: () => undefined } : {}),
  };
}

function trusted(properties: Properties): TlsOptions {
  const inline = properties['ssl.truststore.certificates'];
  if (inline !== undefined) return { ca: inline };
  const file = properties['ssl.truststore.location'];
  if (file === undefined) return {};
  const bytes = read('ssl.truststore.location', file);
  if (!isPem(bytes)) throw javaOnly('ssl.truststore.location', file, '-exportcert -rfc -alias ALIAS -keystore');
  return { ca: bytes };
}

function own(properties: Properties): TlsOptions {
  const passphrase = properties['ssl.key.password'] ?? properties['ssl.keystore.password'];
  const secret = passphrase === undefined ? {} : { passphrase };
  const { 'ssl.keystore.key': key, 'ssl.keystore.certificate.chain': cert } = properties;
  if (key !== undefined && cert !== undefined) return { key, cert, ...secret };
  const file = properties['ssl.keystore.location'];
  if (file === undefined) return {};
  const bytes = read('ssl.keystore.location', file);
  if (isPem(bytes)) return { key: bytes, cert: bytes, ...secret };
  if (properties['ssl.keystore.type']?.toUpperCase() === 'PKCS12' || /\.(p12|pfx)$/i.test(file)) {
    return { pfx: bytes, ...secret };
  }
  throw javaOnly(
    'ssl.keystore.location',
    file,
    '-importkeystore -deststoretype PKCS12 -destkeystore NEW.p12 -srckeystore',
  );
}

function protocols(properties: Properties): TlsOptions {
  const given = properties['ssl.enabled.protocols'] ?? properties['ssl.protocol'];
  if (given === undefined) return {};
  const versions = given.split(',').flatMap((name) => TLS_VERSIONS[name.trim().toLowerCase()] ?? []);
  if (versions.length === 0) {
    throw new MillraceError('USAGE', `ssl.enabled.protocols=${given}: give TLSv1.2, TLSv1.3 or both`);
  }
  const [minVersion, maxVersion] = [versions.toSorted()[0]!, versions.toSorted().at(-1)!];
  return { minVersion, maxVersion };
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new MillraceError('USAGE', `${name}: ${describeError(error)}`, { cause: error });
  }
}

function isPem(bytes: Buffer): boolean {
  return bytes.includes('-----BEGIN ');
}

function javaOnly(name: string, file: string, command: string): MillraceError {
  const mend = `export it with 'keytool ${command} ${file}'`;
  return new MillraceError('USAGE', `${name}: ${file} is a store that only Java reads; ${mend}`);
}
