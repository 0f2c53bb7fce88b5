import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCertificates } from '../../testing/certificates.ts';
import { certificatesOfPkcs12 } from './pkcs12.ts';

let certificates: TestCertificates;
beforeAll(() => {
  certificates = new TestCertificates();
});
afterAll(() => certificates.remove());

function subjects(file: string, password: string): string[] {
  return certificatesOfPkcs12(readFileSync(file), password).map((pem) => new X509Certificate(pem).subject);
}

function run(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'pipe', cwd: certificates.folder });
    return true;
  } catch {
    return false;
  }
}

test("the certificates of OpenSSL's trust stores are found, with the right password", () => {
  const file = certificates.trustStore('changeit');
  expect(subjects(file, 'changeit')).toEqual(['CN=Test CA']);
  expect(() => subjects(file, 'wrong')).toThrow(expect.objectContaining({ code: 'INVALID_PKCS12' }));
});

test('beside a key there are certificates, too', () => {
  certificates.issue('server', '/CN=localhost');
  expect(subjects(certificates.pkcs12('server', 'secret'), 'secret').sort()).toEqual(['CN=Test CA', 'CN=localhost']);
});

test("those of Java's keytool are, too", (context) => {
  const store = certificates.path('java.p12');
  const made = run(
    'keytool',
    '-importcert',
    '-noprompt',
    '-alias',
    'ca',
    '-file',
    'ca.pem',
    '-keystore',
    store,
    '-storepass',
    'changeit',
  );
  if (!made) context.skip('needs keytool');
  expect(subjects(store, 'changeit')).toEqual(['CN=Test CA']);
});

test('what is no store, or half of one, is refused', () => {
  const store = readFileSync(certificates.trustStore('changeit'));
  fc.assert(
    fc.property(fc.nat(store.byteLength - 1), fc.nat(255), fc.boolean(), (at, byte, isCut) => {
      const changed = Buffer.from(isCut ? store.subarray(0, at) : store);
      if (!isCut) changed[at] = byte;
      try {
        certificatesOfPkcs12(changed, 'changeit');
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_PKCS12' });
      }
    }),
    { numRuns: 200 },
  );
});
