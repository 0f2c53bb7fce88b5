import { type Clock, MillraceError, type Random } from '@millrace/base';
import type { ApiName, ApiTypes, Connection, SendOptions } from '@millrace/protocol';
import { abortable } from '../../lib/wait.ts';

/** How much of a session passes before the client proves itself again: Java's clients, too, spread this part. */
const RENEWAL_PERCENT_MIN = 85;
const RENEWAL_PERCENT_MAX = 95;
/** Requests that wait for the end of a proof; as many as may be on the way over a connection. */
const HELD_REQUESTS_MAX = 1000;

type SaslConnectionOptions = {
  /** How long the proof that was given is good for; 0 for ever. */
  readonly lifetimeMs: number;
  /** Proves anew who the client is; how long that is good for. */
  readonly authenticate: () => Promise<number>;
  readonly clock: Clock;
  readonly random: Random;
};

type Held = { readonly send: () => void; readonly reject: (reason: unknown) => void };

/**
 * A connection that goes on when the time of its proof is over (KIP-368): the first request that is sent near its end, or
 * after it, waits until the client has proved itself again, and so do those behind it, in their order. What is on
 * its way already is answered before. A proof that fails ends the connection.
 */
export class SaslConnection implements Connection {
  readonly #connection: Connection;
  readonly #options: SaslConnectionOptions;
  readonly #held: Held[] = [];
  #isRenewing = false;
  #renewAtMs: number;

  constructor(connection: Connection, options: SaslConnectionOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#renewAtMs = this.#renewalAfter(options.lifetimeMs);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  send<A extends ApiName>(
    api: A,
    version: number,
    request: ApiTypes[A]['request'],
    options: SendOptions = {},
  ): Promise<ApiTypes[A]['response']> {
    if (!this.#isRenewing) {
      if (this.#options.clock.monotonicMs() < this.#renewAtMs) {
        return this.#connection.send(api, version, request, options);
      }
      void this.#renew();
    }
    if (this.#held.length >= HELD_REQUESTS_MAX) return Promise.reject(tooMany());
    const answer = new Promise<ApiTypes[A]['response']>((resolve, reject) => {
      const send = () => resolve(this.#connection.send(api, version, request, options));
      this.#held.push({ send, reject });
    });
    return abortable(answer, options.signal);
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #renew(): Promise<void> {
    this.#isRenewing = true;
    try {
      this.#renewAtMs = this.#renewalAfter(await this.#options.authenticate());
      // Before anybody else can send: nothing overtakes.
      for (const { send } of this.#held.splice(0)) send();
    } catch (thrown) {
      await this.#connection.close();
      for (const { reject } of this.#held.splice(0)) reject(thrown);
    } finally {
      this.#isRenewing = false;
    }
  }

  #renewalAfter(lifetimeMs: number): number {
    if (lifetimeMs === 0) return Number.POSITIVE_INFINITY;
    const { clock, random } = this.#options;
    const percent = RENEWAL_PERCENT_MIN + random.int(RENEWAL_PERCENT_MAX - RENEWAL_PERCENT_MIN + 1);
    return clock.monotonicMs() + (lifetimeMs * percent) / 100;
  }
}

function tooMany(): MillraceError {
  return new MillraceError('TOO_MANY_REQUESTS', `${HELD_REQUESTS_MAX} requests wait for a proof of who sends them`, {
    retriable: true,
  });
}
