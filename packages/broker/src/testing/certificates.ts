import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and what vouches for it, PEM. */
export type KeyPair = { readonly key: string; readonly cert: string };

/** Certificates that are made when a test runs, and good for a day: by an authority of their own. */
export class TestCertificates {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'millrace-certificates-'));

  constructor() {
    this.#openssl(...NEW_KEY, '-x509', '-days', '1', '-subj', '/CN=Test CA', '-keyout', 'ca.key', '-out', 'ca.pem');
  }

  /** What certificates are checked against. */
  get ca(): string {
    return readFileSync(this.path('ca.pem'), 'utf8');
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  /** A certificate for a subject in OpenSSL's way, `/O=Example/CN=alice`; good for this machine's loopback. */
  issue(name: string, subject: string): KeyPair {
    const [key, csr, cert] = [`${name}.key`, `${name}.csr`, `${name}.pem`];
    this.#openssl(...NEW_KEY, '-subj', subject, '-keyout', key, '-out', csr);
    writeFileSync(this.path(`${name}.ext`), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
    const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    this.#openssl('x509', '-req', '-in', csr, ...authority, '-days', '1', '-extfile', `${name}.ext`, '-out', cert);
    return { key: readFileSync(this.path(key), 'utf8'), cert: readFileSync(this.path(cert), 'utf8') };
  }

  /** A PKCS12 file of a certificate that was issued. */
  pkcs12(name: string, password: string): string {
    const file = `${name}.p12`;
    const what = ['-inkey', `${name}.key`, '-in', `${name}.pem`, '-certfile', 'ca.pem'];
    this.#openssl('pkcs12', '-export', ...what, '-passout', `pass:${password}`, '-out', file);
    return this.path(file);
  }

  /** A PKCS12 file that holds the authority's certificate and no key. */
  trustStore(password: string): string {
    this.#openssl('pkcs12', '-export', '-nokeys', '-in', 'ca.pem', '-passout', `pass:${password}`, '-out', 'trust.p12');
    return this.path('trust.p12');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #openssl(...args: readonly string[]): void {
    execFileSync('openssl', args, { cwd: this.folder, stdio: 'pipe' });
  }
}

const NEW_KEY = ['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const;
