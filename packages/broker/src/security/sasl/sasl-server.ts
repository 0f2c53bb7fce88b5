import type { Principal } from '../principal.ts';

/** What the broker says next in a SASL conversation. */
export type SaslStep =
  | { readonly kind: 'challenge'; readonly bytes: Uint8Array }
  | {
      readonly kind: 'authenticated';
      readonly bytes: Uint8Array;
      readonly principal: Principal;
      /** When the proof runs out, on the wall clock; null for never. */
      readonly expiresAtMs: number | null;
    };

/**
 * The broker's side of one SASL conversation.
 *
 * @throws BrokerError `SASL_AUTHENTICATION_FAILED` with a text that the client may see; any other error is told to the
 *   client without its text.
 */
export type SaslServer = { respond(message: Uint8Array): SaslStep | Promise<SaslStep> };

/** A message that is none of its mechanism. Its text is for the broker's log. */
export class InvalidSaslMessage extends Error {
  override readonly name: string = 'InvalidSaslMessage';
}
