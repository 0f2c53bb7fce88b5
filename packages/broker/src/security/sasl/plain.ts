import { BrokerError } from '../../lib/broker-error.ts';
import { userPrincipal } from '../principal.ts';
import { isSameSecret } from './constant-time.ts';
import { InvalidSaslMessage, type SaslServer } from './sasl-server.ts';

const NOBODY = '';

/** RFC 4616: identity to act as (must be one's own, or empty), name and password, separated by zero bytes. */
export function plainServer(users: Readonly<Record<string, string>>): SaslServer {
  return {
    respond(message) {
      const tokens = Buffer.from(message).toString('utf8').split('\0');
      if (tokens.length !== 3) {
        throw new InvalidSaslMessage(`Invalid SASL/PLAIN response: expected 3 tokens, got ${tokens.length}`);
      }
      const [authorizationId = '', name = '', password = ''] = tokens;
      if (name === '') throw refused('username not specified');
      if (password === '') throw refused('password not specified');
      const known = Object.hasOwn(users, name) ? users[name]! : null;
      // An unknown name takes as long as a wrong password.
      const isRight = isSameSecret(known ?? NOBODY, password);
      if (known === null || !isRight) throw refused('Invalid username or password');
      if (authorizationId !== '' && authorizationId !== name) {
        throw refused('Client requested an authorization id that is different from username');
      }
      return {
        kind: 'authenticated',
        bytes: new Uint8Array(0),
        principal: userPrincipal(name),
        expiresAtMs: null,
      };
    },
  };
}

function refused(why: string): BrokerError {
  return new BrokerError('SASL_AUTHENTICATION_FAILED', `Authentication failed: ${why}`);
}
