/** How clients talk to a listener: with or without TLS, with or without a proof of who they are. */
export const SECURITY_PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'] as const;

export type SecurityProtocol = (typeof SECURITY_PROTOCOLS)[number];

export function securityProtocolNamed(name: string): SecurityProtocol | undefined {
  return SECURITY_PROTOCOLS.find((protocol) => protocol === name.toUpperCase());
}

export function usesTls(protocol: SecurityProtocol): boolean {
  return protocol === 'SSL' || protocol === 'SASL_SSL';
}

export function usesSasl(protocol: SecurityProtocol): boolean {
  return protocol === 'SASL_PLAINTEXT' || protocol === 'SASL_SSL';
}
