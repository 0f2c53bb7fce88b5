import { unreachable } from '@millrace/base';
import type { Connection } from '@millrace/protocol';
import { throwIfError } from '../../lib/errors.ts';
import type { SaslOptions } from '../config.ts';
import type { VersionTable } from '../versions.ts';
import type { SaslConversation } from './mechanism.ts';
import { oauthBearer } from './oauthbearer.ts';
import { plain } from './plain.ts';
import { scram } from './scram.ts';

/**
 * Proves to the broker who the client is; every other request is refused before.
 *
 * @returns how long that is good for, in milliseconds; 0 for ever.
 * @throws MillraceError `UNSUPPORTED_SASL_MECHANISM` with the broker's own list, `SASL_AUTHENTICATION_FAILED`.
 */
export async function authenticate(connection: Connection, versions: VersionTable, sasl: SaslOptions): Promise<number> {
  const { mechanism } = sasl;
  const handshake = await connection.send('SaslHandshake', versions.versionOf('SaslHandshake'), { mechanism });
  const offered = handshake.mechanisms.join(', ');
  throwIfError(handshake.errorCode, `authenticating with ${mechanism} where the broker offers ${offered || 'nothing'}`);
  const conversation = converse(sasl);
  let authBytes: Uint8Array | null = await conversation.first();
  let lifetimeMs = 0;
  while (authBytes !== null) {
    const version = versions.versionOf('SaslAuthenticate');
    const answer = await connection.send('SaslAuthenticate', version, { authBytes });
    throwIfError(answer.errorCode, `authenticating with ${mechanism}`, {}, answer.errorMessage);
    lifetimeMs = answer.sessionLifetimeMs;
    authBytes = await conversation.next(answer.authBytes);
  }
  return lifetimeMs;
}

function converse(sasl: SaslOptions): SaslConversation {
  switch (sasl.mechanism) {
    case 'PLAIN':
      return plain(sasl.username, sasl.password);
    case 'SCRAM-SHA-256':
      return scram('sha256', sasl.username, sasl.password);
    case 'SCRAM-SHA-512':
      return scram('sha512', sasl.username, sasl.password);
    case 'OAUTHBEARER':
      return oauthBearer(sasl.token);
    default:
      return unreachable(sasl);
  }
}
