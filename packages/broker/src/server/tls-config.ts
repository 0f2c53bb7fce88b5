import fs from 'node:fs';
import type { SecureVersion } from 'node:tls';
import { MillraceError } from '@millrace/base';
import { certificatesOfPkcs12 } from '../security/tls/pkcs12.ts';
import { CLIENT_AUTH, type TlsOptions } from '../security/tls/tls-options.ts';
import type { ListenerConfig } from './scoped-config.ts';

const JKS_MAGIC = 0xfeedfeed;
const CERTIFICATES = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const PRIVATE_KEY = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/;

/** What a key store or trust store holds: PEM text, or the bytes of a PKCS12 file. */
type Store = { readonly kind: 'pem'; readonly text: string } | { readonly kind: 'pkcs12'; readonly bytes: Buffer };

/**
 * The certificates of a listener by Kafka's `ssl.…` configs: stores in files (PEM or PKCS12), or PEM in the config itself.
 *
 * @throws MillraceError `INVALID_TLS_CONFIG`
 */
export function tlsOfConfig(listener: string, config: ListenerConfig): TlsOptions {
  const clientAuth = CLIENT_AUTH.find((known) => known === (config('ssl.client.auth') ?? 'none').toLowerCase());
  if (clientAuth === undefined) {
    throw invalid(listener, `ssl.client.auth is ${config('ssl.client.auth')}: give one of ${CLIENT_AUTH.join(', ')}`);
  }
  const rules = config('ssl.principal.mapping.rules');
  const ciphers = config('ssl.cipher.suites');
  return {
    ...keyStore(listener, config),
    ...trustStore(listener, config),
    ...versions(listener, config('ssl.enabled.protocols')),
    ...(ciphers === undefined || ciphers === '' ? {} : { ciphers: ciphers.replaceAll(',', ':') }),
    ...(rules === undefined ? {} : { principalMappingRules: rules }),
    clientAuth,
  };
}

function keyStore(listener: string, config: ListenerConfig): TlsOptions {
  const chain = config('ssl.keystore.certificate.chain');
  const password = config('ssl.key.password') ?? config('ssl.keystore.password');
  const passphrase = password === undefined ? {} : { passphrase: password };
  if (chain !== undefined) {
    const key = config('ssl.keystore.key');
    if (key === undefined) throw invalid(listener, 'ssl.keystore.certificate.chain needs ssl.keystore.key');
    return { cert: chain, key, ...passphrase };
  }
  const location = config('ssl.keystore.location');
  if (location === undefined) {
    throw invalid(listener, 'TLS needs a certificate: give ssl.keystore.location, or ssl.keystore.certificate.chain');
  }
  const store = readStore(listener, location);
  if (store.kind === 'pkcs12') {
    const storePassword = config('ssl.keystore.password');
    return { pfx: store.bytes, ...(storePassword === undefined ? passphrase : { passphrase: storePassword }) };
  }
  const cert = store.text.match(CERTIFICATES)?.join('\n');
  const key = PRIVATE_KEY.exec(store.text)?.[0];
  if (cert === undefined || key === undefined) {
    throw invalid(listener, `${location} must hold a private key and the certificates that belong to it`);
  }
  return { cert, key, ...passphrase };
}

function trustStore(listener: string, config: ListenerConfig): TlsOptions {
  const certificates = config('ssl.truststore.certificates');
  if (certificates !== undefined) return { ca: certificates.match(CERTIFICATES) ?? [certificates] };
  const location = config('ssl.truststore.location');
  if (location === undefined) return {};
  const store = readStore(listener, location);
  if (store.kind === 'pkcs12') {
    try {
      return { ca: certificatesOfPkcs12(store.bytes, config('ssl.truststore.password') ?? '') };
    } catch (error) {
      throw invalid(listener, `${location}: ${(error as Error).message}`);
    }
  }
  return { ca: store.text.match(CERTIFICATES) ?? [] };
}

function readStore(listener: string, location: string): Store {
  let bytes: Buffer;
  try {
    bytes = fs.readFileSync(location);
  } catch (error) {
    throw invalid(listener, `${location} can't be read: ${(error as Error).message}`);
  }
  if (bytes.includes('-----BEGIN ')) return { kind: 'pem', text: bytes.toString('utf8') };
  if (bytes.byteLength >= 4 && bytes.readUInt32BE(0) === JKS_MAGIC) {
    throw invalid(
      listener,
      `${location} is a JKS store: keytool -importkeystore -srckeystore ${location} -destkeystore store.p12 ` +
        '-deststoretype PKCS12 makes one that can be read',
    );
  }
  return { kind: 'pkcs12', bytes };
}

function versions(listener: string, protocols: string | undefined): TlsOptions {
  const known: readonly SecureVersion[] = ['TLSv1.2', 'TLSv1.3'];
  if (protocols === undefined || protocols === '') return {};
  const wanted = protocols.split(',').map((protocol) => protocol.trim());
  const served = known.filter((version) => wanted.includes(version));
  const [minVersion, maxVersion] = [served[0], served.at(-1)];
  if (minVersion === undefined || maxVersion === undefined) {
    throw invalid(listener, `ssl.enabled.protocols is ${protocols}: TLSv1.2 and TLSv1.3 are served`);
  }
  return { minVersion, maxVersion };
}

function invalid(listener: string, message: string): MillraceError {
  return new MillraceError('INVALID_TLS_CONFIG', `listener ${listener}: ${message}`, { context: { listener } });
}
