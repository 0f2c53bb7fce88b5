import { ErrorCode } from '@millrace/protocol';
import { ANONYMOUS, isSamePrincipal } from '../security/principal.ts';
import { usesSasl } from '../security/security-protocol.ts';
import type { Call } from './api.ts';

/**
 * What every request about delegation tokens (KIP-48) is told: a Kafka without `delegation.token.secret.key` has none either.
 * Who has not proved who it is may not even ask.
 */
export function delegationTokenError({ securityProtocol, principal }: Call): number {
  const isKnown = usesSasl(securityProtocol) || !isSamePrincipal(principal, ANONYMOUS);
  return isKnown ? ErrorCode.DELEGATION_TOKEN_AUTH_DISABLED : ErrorCode.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;
}
