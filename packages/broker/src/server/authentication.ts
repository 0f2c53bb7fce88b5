import { type Clock, type Logger, MillraceError } from '@millrace/base';
import { apiName, apis, ErrorCode, type SaslAuthenticateRequest, type SaslHandshakeRequest } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import { formatPrincipal, isSamePrincipal, type Principal } from '../security/principal.ts';
import type { OfferedMechanism } from '../security/sasl/mechanisms.ts';
import type { SaslServer, SaslStep } from '../security/sasl/sasl-server.ts';
import { encodeResponse, type ParsedRequest, parseRequest } from './request-codec.ts';

/** Clients may prove themselves again no more often than this, as with Kafka. */
const REAUTHENTICATION_INTERVAL_MS = 1000;

/** From this version of SaslHandshake on, tokens come in requests instead of bare frames (KIP-152). */
const TOKENS_IN_REQUESTS_VERSION = 1;

const NO_BYTES = new Uint8Array(0);

/** What becomes of a frame that was given to {@link Authentication.take}. */
export type AuthenticationStep =
  | { readonly kind: 'reply'; readonly response: readonly Uint8Array[] }
  /** After the delay the response, if there is one, and the end of the connection. */
  | { readonly kind: 'failed'; readonly response: readonly Uint8Array[]; readonly reason: unknown }
  /** It has nothing to do with authentication: the client became known while the frame waited. */
  | { readonly kind: 'request' };

/** One conversation with a client: begun by SaslHandshake, carried on by tokens. */
type Conversation = {
  readonly mechanism: OfferedMechanism;
  readonly server: SaslServer;
  readonly tokensInRequests: boolean;
  /** Why this conversation can only fail: the client proves itself again by another mechanism than at first. */
  readonly refusal: string | null;
};

type Request = Extract<ParsedRequest, { kind: 'request' }>;

export type AuthenticationServices = { readonly clock: Clock; readonly logger: Logger };

/**
 * The client's way from unknown to known on a SASL listener (KIP-43, KIP-152), and again when its time is over (KIP-368).
 * Before, every other request but ApiVersions ends the connection.
 */
export class Authentication {
  readonly #mechanisms: ReadonlyMap<string, OfferedMechanism>;
  readonly #services: AuthenticationServices;
  #principal: Principal | null = null;
  #mechanism = '';
  #conversation: Conversation | null = null;
  #isHandshakeDue = true;
  #expiresAtMs = Number.POSITIVE_INFINITY;
  #reauthenticatedAtMs = Number.NEGATIVE_INFINITY;

  constructor(mechanisms: ReadonlyMap<string, OfferedMechanism>, services: AuthenticationServices) {
    this.#mechanisms = mechanisms;
    this.#services = services;
  }

  /** Who the client has proved to be; null before it has. */
  get principal(): Principal | null {
    return this.#principal;
  }

  /**
   * Whether a frame is for {@link take} rather than for a handler.
   *
   * @throws MillraceError `SASL_SESSION_EXPIRED` for a request after its time: the connection is to be ended.
   */
  takes(frame: Buffer): boolean {
    const isHandshake = frame.byteLength >= 2 && frame.readInt16BE(0) === apis.SaslHandshake.key;
    if (this.#isHandshakeDue || this.#conversation !== null) {
      const isBare = this.#conversation?.tokensInRequests === false;
      return isBare || frame.byteLength < 2 || frame.readInt16BE(0) !== apis.ApiVersions.key;
    }
    const nowMs = this.#services.clock.monotonicMs();
    if (isHandshake && nowMs - this.#reauthenticatedAtMs >= REAUTHENTICATION_INTERVAL_MS) return true;
    if (nowMs < this.#expiresAtMs) return false;
    throw new MillraceError('SASL_SESSION_EXPIRED', 'the client did not prove itself again in time');
  }

  /** @throws MillraceError for what is no part of authentication: the connection is to be ended, without an answer. */
  async take(frame: Buffer): Promise<AuthenticationStep> {
    if (this.#conversation !== null) return await this.#continue(this.#conversation, frame);
    if (!this.#isHandshakeDue && frame.readInt16BE(0) !== apis.SaslHandshake.key) return { kind: 'request' };
    if (!this.#isHandshakeDue) this.#reauthenticatedAtMs = this.#services.clock.monotonicMs();
    this.#isHandshakeDue = true;
    return this.#handshake(requestOf(frame, apis.SaslHandshake.key, 'handshake'));
  }

  #handshake({ body, version, correlationId }: Request): AuthenticationStep {
    const { mechanism: name } = body as SaslHandshakeRequest;
    const mechanism = this.#mechanisms.get(name);
    const answer = { errorCode: 0, mechanisms: [...this.#mechanisms.keys()] };
    if (mechanism === undefined) {
      const errorCode = ErrorCode.UNSUPPORTED_SASL_MECHANISM;
      const response = encodeResponse('SaslHandshake', version, correlationId, { ...answer, errorCode });
      return { kind: 'failed', response, reason: `Unsupported SASL mechanism ${name}` };
    }
    const refusal =
      this.#principal !== null && this.#mechanism !== name
        ? `SASL mechanism '${name}' requested by client is not supported for re-authentication of mechanism '${this.#mechanism}'`
        : null;
    this.#isHandshakeDue = false;
    this.#conversation = {
      mechanism,
      server: mechanism.begin(),
      tokensInRequests: version >= TOKENS_IN_REQUESTS_VERSION,
      refusal,
    };
    return { kind: 'reply', response: encodeResponse('SaslHandshake', version, correlationId, answer) };
  }

  async #continue(conversation: Conversation, frame: Buffer): Promise<AuthenticationStep> {
    const request = conversation.tokensInRequests
      ? requestOf(frame, apis.SaslAuthenticate.key, 'authentication')
      : null;
    const token = request === null ? frame : (request.body as SaslAuthenticateRequest).authBytes;
    try {
      if (conversation.refusal !== null) throw new BrokerError('SASL_AUTHENTICATION_FAILED', conversation.refusal);
      const step = await conversation.server.respond(token);
      const sessionLifetimeMs = step.kind === 'authenticated' ? this.#finish(conversation.mechanism, step) : 0;
      return { kind: 'reply', response: authenticateResponse(request, { authBytes: step.bytes, sessionLifetimeMs }) };
    } catch (reason) {
      const errorMessage = this.#messageFor(reason, conversation.mechanism);
      return { kind: 'failed', response: authenticateResponse(request, { errorMessage }), reason };
    }
  }

  /** @returns how long the proof is good for; 0 for ever. */
  #finish(mechanism: OfferedMechanism, step: Extract<SaslStep, { kind: 'authenticated' }>): number {
    if (this.#principal !== null && !isSamePrincipal(this.#principal, step.principal)) {
      const [from, to] = [formatPrincipal(this.#principal), formatPrincipal(step.principal)];
      throw new BrokerError(
        'SASL_AUTHENTICATION_FAILED',
        `Cannot change principals during re-authentication from ${from}: ${to}`,
      );
    }
    this.#conversation = null;
    this.#principal = step.principal;
    this.#mechanism = mechanism.name;
    const limits = [
      mechanism.maxReauthMs > 0 ? mechanism.maxReauthMs : Number.POSITIVE_INFINITY,
      step.expiresAtMs === null ? Number.POSITIVE_INFINITY : step.expiresAtMs - this.#services.clock.wallMs(),
    ];
    const lifetimeMs = Math.max(0, Math.min(...limits));
    this.#expiresAtMs = this.#services.clock.monotonicMs() + lifetimeMs;
    return Number.isFinite(lifetimeMs) ? Math.floor(lifetimeMs) : 0;
  }

  /** What is told to the client: nothing that helps to guess, unless the mechanism itself means it for the client. */
  #messageFor(reason: unknown, { name }: OfferedMechanism): string {
    if (reason instanceof BrokerError && reason.code === 'SASL_AUTHENTICATION_FAILED') return reason.message;
    const what = this.#principal === null ? 'authentication' : 're-authentication';
    return `Authentication failed during ${what} due to invalid credentials with SASL mechanism ${name}`;
  }
}

/** @throws MillraceError `ILLEGAL_SASL_STATE` for another API than the expected. */
function requestOf(frame: Buffer, key: number, during: string): Request {
  const asked = frame.byteLength < 2 ? -1 : frame.readInt16BE(0);
  if (asked === key) {
    const parsed = parseRequest(frame);
    if (parsed.kind === 'request') return parsed;
  }
  throw new MillraceError(
    'ILLEGAL_SASL_STATE',
    `Unexpected Kafka request of type ${apiName(asked)} during SASL ${during}.`,
  );
}

function authenticateResponse(
  request: Request | null,
  answer: { readonly authBytes?: Uint8Array; readonly sessionLifetimeMs?: number; readonly errorMessage?: string },
): readonly Uint8Array[] {
  const { authBytes = NO_BYTES, sessionLifetimeMs = 0, errorMessage = null } = answer;
  if (request === null) {
    // A bare token has no place for an error.
    if (errorMessage !== null) return [];
    const size = Buffer.alloc(4);
    size.writeInt32BE(authBytes.byteLength);
    return [size, authBytes];
  }
  const errorCode = errorMessage === null ? 0 : ErrorCode.SASL_AUTHENTICATION_FAILED;
  const response = { errorCode, errorMessage, authBytes, sessionLifetimeMs };
  return encodeResponse('SaslAuthenticate', request.version, request.correlationId, response);
}
