import type { Clock, Logger } from '@millrace/base';
import type { BrokerConfig } from '../cluster/broker-config.ts';
import { splitList } from '../cluster/config-definition.ts';
import type { SecurityImage } from '../cluster/security-image.ts';
import { findConnectionRate } from '../security/quota/find-quota.ts';
import { TokenBucket } from '../security/quota/token-bucket.ts';

/** Addresses whose new connections are counted at once. */
const ADDRESSES_MAX = 10_000;

/** How long a refused connection is kept waiting for its end, at most; and how many are, at once. */
const REFUSAL_MS_MAX = 1000;
const REFUSALS_WAITING_MAX = 1000;

/** What becomes of a connection that somebody opens. */
export type Admission =
  | { readonly kind: 'admitted'; readonly afterMs: number }
  /** It is closed, after a time where its address opens them too fast: who tries again at once gains nothing. */
  | { readonly kind: 'refused'; readonly afterMs: number };

export type ConnectionLimitsOptions = {
  readonly config: BrokerConfig;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many seconds' worth of connections may come at once. */
  readonly burstSeconds: number;
  readonly quotas: () => SecurityImage['clientQuotas'];
};

/** How many connections there may be, of whom, and how fast they may come (KIP-402, KIP-612). */
export class ConnectionLimits {
  readonly #options: ConnectionLimitsOptions;
  readonly #countByAddress = new Map<string, number>();
  readonly #rateByAddress = new Map<string, TokenBucket>();
  readonly #rate: TokenBucket;
  #count = 0;
  #refusalsWaiting = 0;

  constructor(options: ConnectionLimitsOptions) {
    this.#options = options;
    this.#rate = new TokenBucket(options.burstSeconds);
  }

  /** Counts a connection unless it is refused; each that was counted is to be {@link release}d. */
  admit(address: string): Admission {
    const { config, clock, logger } = this.#options;
    const count = this.#countByAddress.get(address) ?? 0;
    const reason =
      this.#count >= config.number('max.connections')
        ? 'too many connections'
        : count >= this.#maxOf(address)
          ? 'too many connections of one address'
          : null;
    if (reason !== null) {
      logger.warn(reason, { address, connections: this.#count });
      return { kind: 'refused', afterMs: 0 };
    }
    const nowMs = clock.monotonicMs();
    const overdueMs = this.#addressOverdueMs(address, nowMs);
    if (overdueMs > 0) return { kind: 'refused', afterMs: this.#refusalMs(overdueMs) };
    const rate = config.number('max.connection.creation.rate');
    this.#rate.take(1, rate, nowMs);
    const afterMs = this.#rate.overdueMs(rate, nowMs);
    this.#count += 1;
    this.#countByAddress.set(address, count + 1);
    return { kind: 'admitted', afterMs };
  }

  release(address: string): void {
    this.#count -= 1;
    const left = (this.#countByAddress.get(address) ?? 1) - 1;
    if (left > 0) this.#countByAddress.set(address, left);
    else this.#countByAddress.delete(address);
  }

  #maxOf(address: string): number {
    const { config } = this.#options;
    const overrides = config.text('max.connections.per.ip.overrides') ?? '';
    for (const override of splitList(overrides)) {
      // An address may hold colons itself.
      const at = override.lastIndexOf(':');
      if (override.slice(0, at).trim() === address) return Number(override.slice(at + 1));
    }
    return config.number('max.connections.per.ip');
  }

  #addressOverdueMs(address: string, nowMs: number): number {
    const limit = findConnectionRate(this.#options.quotas(), address);
    if (limit === null) return 0;
    let rate = this.#rateByAddress.get(address);
    if (rate === undefined) {
      if (this.#rateByAddress.size >= ADDRESSES_MAX) this.#rateByAddress.clear();
      rate = new TokenBucket(this.#options.burstSeconds);
      this.#rateByAddress.set(address, rate);
    }
    const overdueMs = rate.overdueMs(limit, nowMs);
    // What was refused does not count: who goes on trying is let in as soon as one who waits.
    if (overdueMs === 0) rate.take(1, limit, nowMs);
    return overdueMs;
  }

  #refusalMs(overdueMs: number): number {
    if (this.#refusalsWaiting >= REFUSALS_WAITING_MAX) return 0;
    const { clock } = this.#options;
    const afterMs = Math.min(overdueMs, REFUSAL_MS_MAX);
    this.#refusalsWaiting += 1;
    clock.setTimer(afterMs, () => {
      this.#refusalsWaiting -= 1;
    });
    return afterMs;
  }
}
