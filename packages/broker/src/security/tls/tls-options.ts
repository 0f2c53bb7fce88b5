import type { SecureContextOptions } from 'node:tls';

/** Whether a client must show a certificate: Kafka's `ssl.client.auth`. */
export const CLIENT_AUTH = ['none', 'requested', 'required'] as const;

/**
 * The certificates of a listener, in the words of Node's `tls` module: `key` and `cert` in PEM, or `pfx` (PKCS12) with
 * its `passphrase`; `ca` holds the certificates that client certificates are checked against.
 */
export type TlsOptions = Pick<
  SecureContextOptions,
  'key' | 'cert' | 'pfx' | 'passphrase' | 'ca' | 'ciphers' | 'minVersion' | 'maxVersion'
> & {
  /** Default: `none`. */
  readonly clientAuth?: (typeof CLIENT_AUTH)[number];
  /** Kafka's `ssl.principal.mapping.rules`: `RULE:pattern/replacement/[LU],…,DEFAULT`. Default: the whole name. */
  readonly principalMappingRules?: string;
};

/** The certificates as they are, or a function that reads them, now and when a minute has passed: for those that are renewed. */
export type TlsSource = TlsOptions | (() => TlsOptions);
