import type { Clock } from '@millrace/base';
import { type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import { ERROR_CODES, genericError, RestError } from '../rest-error.ts';
import { BandwidthLimiter } from './bandwidth-limiter.ts';
import { RateLimiter } from './rate-limiter.ts';

/** Java's largest int, ksqlDB's way to say that there is no limit. */
const NO_LIMIT = 2_147_483_647;

/** A pull query that was let in. */
export type Admitted = {
  /** Bytes of its answer. */
  sent(bytes: number): void;
  /** Once, when it has been answered, or has failed. */
  end(): void;
};

/**
 * How much this server answers, by ksqlDB's settings: pull queries in a second, at one time, and megabytes of answers in an
 * hour; the last for scalable push queries, too.
 */
export class QueryLimits {
  readonly #rate: RateLimiter | null;
  readonly #perSecondMax: number;
  readonly #concurrentMax: number;
  readonly #pullBandwidth: BandwidthLimiter | null;
  readonly #pushBandwidth: BandwidthLimiter | null;
  #running = 0;

  /** @throws MillraceError `INVALID_CONFIG` */
  constructor(config: KsqlConfig, clock: Clock) {
    const limit = (name: string): number => numberSetting(config, `ksql.query.${name}`, NO_LIMIT);
    const bandwidth = (name: string): BandwidthLimiter | null =>
      limit(name) === NO_LIMIT ? null : new BandwidthLimiter(limit(name), clock);
    this.#perSecondMax = limit('pull.max.qps');
    this.#rate = this.#perSecondMax === NO_LIMIT ? null : new RateLimiter(this.#perSecondMax, clock);
    this.#concurrentMax = limit('pull.max.concurrent.requests');
    this.#pullBandwidth = bandwidth('pull.max.hourly.bandwidth.megabytes');
    this.#pushBandwidth = bandwidth('push.v2.max.hourly.bandwidth.megabytes');
  }

  /** Whether there is anything that pull queries are held against before they begin. */
  get limitsPulls(): boolean {
    return this.#rate !== null || this.#pullBandwidth !== null || this.#concurrentMax !== NO_LIMIT;
  }

  /**
   * @throws RestError 42900 at the limit of a second, or of an hour
   * @throws KsqlException at the limit of what may run at one time
   */
  admitPull(): Admitted {
    if (this.#rate?.tryAcquire() === false) {
      throw tooMany(`Host is at rate limit for pull queries. Currently set to ${this.#perSecondMax.toFixed(1)} qps.`);
    }
    if (this.#running >= this.#concurrentMax) {
      throw new KsqlException(
        `Host is at concurrency limit for pull queries. Currently set to ${this.#concurrentMax} maximum concurrent operations.`,
      );
    }
    const bandwidth = this.#pullBandwidth;
    if (bandwidth?.allows === false) throw tooMany('Host is at bandwidth rate limit for pull queries.');
    this.#running++;
    return {
      sent: (bytes) => bandwidth?.sent(bytes),
      end: () => {
        this.#running--;
      },
    };
  }

  /** Bytes of a scalable push query's answer. @throws RestError 42900 where the last hour had too many */
  sentToPush(bytes: number): void {
    if (this.#pushBandwidth === null) return;
    this.#pushBandwidth.sent(bytes);
    if (!this.#pushBandwidth.allows) throw tooMany('Host is at bandwidth rate limit for push queries.');
  }
}

function tooMany(message: string): RestError {
  return new RestError(genericError(ERROR_CODES.tooManyRequests, message));
}
