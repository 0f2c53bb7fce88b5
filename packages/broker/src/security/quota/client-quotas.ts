import type { Clock } from '@millrace/base';
import type { SecurityImage } from '../../cluster/security-image.ts';
import { type ClientQuotaName, type FoundQuota, findQuota } from './find-quota.ts';
import { type RateWindow, SampledRate } from './sampled-rate.ts';
import { TokenBucket } from './token-bucket.ts';

/** Clients that are remembered at once; names come from clients, so there may be any number of them. */
const METERS_MAX = 10_000;

/** Of request time, no more than this is waited for at once, as with Kafka. */
const REQUEST_THROTTLE_MS_MAX = 1000;

/** Who is counted. */
export type QuotaClient = { readonly user: string; readonly clientId: string };

type Meter = { readonly limit: number; readonly rate: SampledRate | TokenBucket };

export type ClientQuotasOptions = {
  readonly clock: Clock;
  readonly window: RateWindow;
  readonly mutationWindow: RateWindow;
  readonly quotas: () => SecurityImage['clientQuotas'];
};

/** Counts what clients do against the quotas that hold for them (KIP-13, KIP-124, KIP-257, KIP-599). */
export class ClientQuotas {
  readonly #options: ClientQuotasOptions;
  readonly #meters = new Map<string, Meter>();
  /** What was found for whom, as long as no quota changes. */
  readonly #found = new Map<string, FoundQuota | null>();
  #foundIn: SecurityImage['clientQuotas'] | null = null;

  constructor(options: ClientQuotasOptions) {
    this.#options = options;
  }

  /** False as long as there are no quotas at all: then nobody is counted. */
  get isActive(): boolean {
    return this.#options.quotas().size > 0;
  }

  /** How much a client may move before it must wait, or null where nothing limits it. */
  burstOf(name: ClientQuotaName, client: QuotaClient): number | null {
    const quota = this.#find(name, client);
    const { samples, sampleMs } = this.#options.window;
    return quota === null ? null : (quota.limit * (samples - 1) * sampleMs) / 1000;
  }

  /** Counts, and tells how long the client must wait, in milliseconds. */
  record(name: 'producer_byte_rate' | 'consumer_byte_rate', client: QuotaClient, bytes: number): number {
    return this.#recordRate(name, client, bytes);
  }

  /** The same for the time that a request took of the broker's one thread. */
  recordTime(client: QuotaClient, tookMs: number): number {
    return Math.min(REQUEST_THROTTLE_MS_MAX, this.#recordRate('request_percentage', client, tookMs / 10));
  }

  /** Whether partitions may be made or deleted now; those that may are counted. */
  takeMutations(client: QuotaClient, partitions: number, isStrict: boolean): boolean {
    const bucket = this.#bucket(client);
    if (bucket === null) return true;
    const nowMs = this.#options.clock.monotonicMs();
    if (isStrict && !bucket.rate.isOpen(bucket.limit, nowMs)) return false;
    bucket.rate.take(partitions, bucket.limit, nowMs);
    return true;
  }

  mutationsOverdueMs(client: QuotaClient): number {
    const bucket = this.#bucket(client);
    return bucket?.rate.overdueMs(bucket.limit, this.#options.clock.monotonicMs()) ?? 0;
  }

  #recordRate(name: ClientQuotaName, client: QuotaClient, amount: number): number {
    const quota = this.#find(name, client);
    if (quota === null) return 0;
    const nowMs = this.#options.clock.monotonicMs();
    const { rate } = this.#meter(name, quota, () => new SampledRate(this.#options.window));
    if (!(rate instanceof SampledRate)) return 0;
    rate.record(amount, nowMs);
    return rate.overdueMs(quota.limit, nowMs);
  }

  #bucket(client: QuotaClient): { readonly limit: number; readonly rate: TokenBucket } | null {
    const quota = this.#find('controller_mutation_rate', client);
    if (quota === null) return null;
    const { samples, sampleMs } = this.#options.mutationWindow;
    const { rate } = this.#meter('controller_mutation_rate', quota, () => new TokenBucket((samples * sampleMs) / 1000));
    return rate instanceof TokenBucket ? { limit: quota.limit, rate } : null;
  }

  #find(name: ClientQuotaName, { user, clientId }: QuotaClient): FoundQuota | null {
    const quotas = this.#options.quotas();
    if (quotas !== this.#foundIn || this.#found.size >= METERS_MAX) this.#found.clear();
    this.#foundIn = quotas;
    const key = `${name}\0${user}\0${clientId}`;
    let quota = this.#found.get(key);
    if (quota === undefined) {
      quota = findQuota(quotas, name, user, clientId);
      this.#found.set(key, quota);
    }
    return quota;
  }

  #meter(name: ClientQuotaName, { limit, sharedBy }: FoundQuota, make: () => Meter['rate']): Meter {
    const key = `${name} ${sharedBy}`;
    const known = this.#meters.get(key);
    // A quota that was changed holds for what was counted before, too.
    const meter = known === undefined ? { limit, rate: make() } : { limit, rate: known.rate };
    if (known === undefined && this.#meters.size >= METERS_MAX) this.#forgetIdle();
    this.#meters.set(key, meter);
    return meter;
  }

  #forgetIdle(): void {
    const nowMs = this.#options.clock.monotonicMs();
    for (const [key, { limit, rate }] of this.#meters) {
      const isIdle = rate instanceof SampledRate ? rate.isIdle(nowMs) : rate.isIdle(limit, nowMs);
      if (isIdle) this.#meters.delete(key);
    }
    // All are busy: the one that was made first has been counted longest.
    const oldest = this.#meters.keys().next();
    if (this.#meters.size >= METERS_MAX && oldest.done !== true) this.#meters.delete(oldest.value);
  }
}
