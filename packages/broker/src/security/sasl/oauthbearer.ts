import { type Clock, describeError, type Logger } from '@millrace/base';
import { BrokerError } from '../../lib/broker-error.ts';
import { userPrincipal } from '../principal.ts';
import { Jwks } from './jwks.ts';
import { checkSignature, InvalidToken, type Jwt, parseJwt } from './jwt.ts';
import type { OauthBearerOptions } from './oauthbearer-options.ts';
import { InvalidSaslMessage, type SaslServer } from './sasl-server.ts';

const CLOCK_SKEW_MS = 30_000;
const REFRESH_MS = 3_600_000;

/** RFC 7628: between and behind the key=value pairs. */
const SEPARATOR = '\x01';
const PAIR = /^([A-Za-z]+)=([\x21-\x7e \t\r\n]*)$/;

/** What a token that is believed says. */
type Token = { readonly name: string; readonly scope: readonly string[]; readonly expiresAtMs: number };

/** Checks tokens of OAUTHBEARER for all connections of a listener. */
export class OauthBearerValidator {
  readonly #options: OauthBearerOptions;
  readonly #keys: Jwks | null;
  readonly #clock: Clock;
  readonly #logger: Logger;

  constructor(options: OauthBearerOptions, { clock, logger }: { readonly clock: Clock; readonly logger: Logger }) {
    this.#options = options;
    this.#keys = options.jwks === null ? null : new Jwks(options.jwks, options.refreshMs ?? REFRESH_MS, clock);
    this.#clock = clock;
    this.#logger = logger;
    if (this.#keys === null) logger.warn('OAUTHBEARER takes unsigned tokens: anybody can make them, this is for tests');
  }

  /** @throws InvalidToken, and what reading keys throws. */
  async validate(text: string): Promise<Token> {
    const jwt = parseJwt(text);
    if (this.#keys === null) checkUnsigned(jwt);
    else checkSignature(jwt, await this.#keys.keyOf(stringClaim(jwt.header, 'kid')));
    return this.#checkClaims(jwt);
  }

  /** The conversation of RFC 7628: a token, and when it is refused, a reason that the client must acknowledge. */
  server(): SaslServer {
    let refusal: string | null = null;
    return {
      respond: async (message) => {
        if (refusal !== null && message.byteLength === 1 && message[0] === 1) {
          throw new BrokerError('SASL_AUTHENTICATION_FAILED', refusal);
        }
        const { token, authorizationId } = parseFirst(Buffer.from(message).toString('utf8'));
        let valid: Token;
        try {
          valid = await this.validate(token);
        } catch (error) {
          this.#logger.info('a token was refused', { reason: describeError(error) });
          refusal = JSON.stringify({ status: 'invalid_token' });
          return { kind: 'challenge', bytes: Buffer.from(refusal) };
        }
        const required = this.#options.requiredScope ?? [];
        if (!required.every((scope) => valid.scope.includes(scope))) {
          refusal = JSON.stringify({ status: 'insufficient_scope', scope: required.join(' ') });
          return { kind: 'challenge', bytes: Buffer.from(refusal) };
        }
        if (authorizationId !== '' && authorizationId !== valid.name) {
          throw new BrokerError(
            'SASL_AUTHENTICATION_FAILED',
            `Authentication failed: Client requested an authorization id (${authorizationId}) that is different from ` +
              `the token's principal name (${valid.name})`,
          );
        }
        const principal = userPrincipal(valid.name);
        return { kind: 'authenticated', bytes: new Uint8Array(0), principal, expiresAtMs: valid.expiresAtMs };
      },
    };
  }

  #checkClaims({ claims }: Jwt): Token {
    const { issuer, audience, subClaim = 'sub', scopeClaim = 'scope', clockSkewMs = CLOCK_SKEW_MS } = this.#options;
    const nowMs = this.#clock.wallMs();
    const expiresAtMs = secondsClaim(claims, 'exp');
    if (expiresAtMs === undefined) throw new InvalidToken('the claim exp is missing');
    if (nowMs >= expiresAtMs + clockSkewMs) throw new InvalidToken('the token has expired');
    for (const claim of ['iat', 'nbf']) {
      const fromMs = secondsClaim(claims, claim);
      if (fromMs !== undefined && nowMs < fromMs - clockSkewMs) throw new InvalidToken(`the claim ${claim} lies ahead`);
    }
    if (issuer !== undefined && claims.iss !== issuer) throw new InvalidToken('the token has another issuer');
    if (audience !== undefined && !list(claims.aud).some((name) => audience.includes(name))) {
      throw new InvalidToken('the token is for another audience');
    }
    const name = stringClaim(claims, subClaim)?.trim() ?? '';
    if (name === '') throw new InvalidToken(`the claim ${subClaim} is missing`);
    return { name, scope: list(claims[scopeClaim]), expiresAtMs };
  }
}

function parseFirst(text: string): { readonly token: string; readonly authorizationId: string } {
  const [header = '', ...rest] = text.split(SEPARATOR);
  const identity = /^n,(?:a=([^,]+))?,$/.exec(header);
  // Each pair ends with a separator, and one more ends the message.
  const isEnded = rest.length >= 3 && rest.at(-1) === '' && rest.at(-2) === '';
  const pairs = rest.slice(0, -2).map((pair) => PAIR.exec(pair));
  if (identity === null || !isEnded || pairs.includes(null)) {
    throw new InvalidSaslMessage('Invalid OAUTHBEARER client first message');
  }
  const auth = pairs.find((pair) => pair?.[1] === 'auth')?.[2] ?? '';
  const bearer = /^bearer +(\S+) *$/i.exec(auth);
  if (bearer === null) throw new InvalidSaslMessage('Invalid OAUTHBEARER client first message: no bearer token');
  return { token: bearer[1]!, authorizationId: identity[1] ?? '' };
}

function checkUnsigned({ header, signature }: Jwt): void {
  if (header.alg !== 'none' || signature.byteLength > 0) throw new InvalidToken('the token must be unsigned');
}

function stringClaim(claims: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const value = claims[name];
  return typeof value === 'string' ? value : undefined;
}

/** A time in seconds, in milliseconds. @throws InvalidToken for what is no number. */
function secondsClaim(claims: Readonly<Record<string, unknown>>, name: string): number | undefined {
  const value = claims[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number') throw new InvalidToken(`the claim ${name} is no number`);
  return value * 1000;
}

/** A claim with several values: an array, or a text with spaces between them. */
function list(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((part) => part !== '');
  return Array.isArray(claim) ? claim.filter((part) => typeof part === 'string') : [];
}
