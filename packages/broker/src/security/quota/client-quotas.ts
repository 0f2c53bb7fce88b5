import type { Clock } from '@millrace/base';
import type { SecurityImage } from '../../cluster/security-image.ts';
import { type ClientQuotaName, type FoundQuota, findQuota } from './find-quota.ts';
import { TokenBucket } from './token-bucket.ts';

/** Clients that are remembered at once; names come from clients, so there may be any number of them. */
const BUCKETS_MAX = 10_000;

/** Of request time, no more than this is waited for at once, as with Kafka. */
const REQUEST_THROTTLE_MS_MAX = 1000;

/** Who is counted. */
export type QuotaClient = { readonly user: string; readonly clientId: string };

/** How many seconds' worth of a quota may be used at once. */
export type QuotaBurst = { readonly rateSeconds: number; readonly mutationSeconds: number };

export type ClientQuotasOptions = {
  readonly clock: Clock;
  readonly burst: QuotaBurst;
  readonly quotas: () => SecurityImage['clientQuotas'];
};

/** Counts what clients do against the quotas that hold for them (KIP-13, KIP-124, KIP-257, KIP-599). */
export class ClientQuotas {
  readonly #options: ClientQuotasOptions;
  /** By quota and who shares it; who was silent longest comes first. */
  readonly #buckets = new Map<string, TokenBucket>();
  /** What was found for whom, as long as no quota changes. */
  readonly #found = new Map<string, FoundQuota | null>();
  #foundIn: SecurityImage['clientQuotas'] | null = null;

  constructor(options: ClientQuotasOptions) {
    this.#options = options;
  }

  /** How many clients are remembered. */
  get bucketCount(): number {
    return this.#buckets.size;
  }

  /** False as long as there are no quotas at all: then nobody is counted. */
  get isActive(): boolean {
    return this.#options.quotas().size > 0;
  }

  /** How much a client may move before it must wait, or null where nothing limits it. */
  burstOf(name: ClientQuotaName, client: QuotaClient): number | null {
    const quota = this.#find(name, client);
    return quota === null ? null : quota.limit * this.#options.burst.rateSeconds;
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
    const quota = this.#find('controller_mutation_rate', client);
    if (quota === null) return true;
    const bucket = this.#bucket('controller_mutation_rate', quota);
    const nowMs = this.#options.clock.monotonicMs();
    if (isStrict && !bucket.isOpen(quota.limit, nowMs)) return false;
    bucket.take(partitions, quota.limit, nowMs);
    return true;
  }

  mutationsOverdueMs(client: QuotaClient): number {
    const quota = this.#find('controller_mutation_rate', client);
    if (quota === null) return 0;
    const nowMs = this.#options.clock.monotonicMs();
    return this.#bucket('controller_mutation_rate', quota).overdueMs(quota.limit, nowMs);
  }

  #recordRate(name: ClientQuotaName, client: QuotaClient, amount: number): number {
    const quota = this.#find(name, client);
    if (quota === null) return 0;
    const nowMs = this.#options.clock.monotonicMs();
    const bucket = this.#bucket(name, quota);
    bucket.take(amount, quota.limit, nowMs);
    return bucket.overdueMs(quota.limit, nowMs);
  }

  #bucket(name: ClientQuotaName, { sharedBy }: FoundQuota): TokenBucket {
    const { rateSeconds, mutationSeconds } = this.#options.burst;
    const key = `${name} ${sharedBy}`;
    const bucket =
      this.#buckets.get(key) ?? new TokenBucket(name === 'controller_mutation_rate' ? mutationSeconds : rateSeconds);
    // The map keeps the order in which its entries were made.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const oldest = this.#buckets.keys().next();
    if (this.#buckets.size > BUCKETS_MAX && oldest.done !== true) this.#buckets.delete(oldest.value);
    return bucket;
  }

  #find(name: ClientQuotaName, { user, clientId }: QuotaClient): FoundQuota | null {
    const quotas = this.#options.quotas();
    if (quotas !== this.#foundIn || this.#found.size >= BUCKETS_MAX) this.#found.clear();
    this.#foundIn = quotas;
    const key = `${name}\0${user}\0${clientId}`;
    let quota = this.#found.get(key);
    if (quota === undefined) {
      quota = findQuota(quotas, name, user, clientId);
      this.#found.set(key, quota);
    }
    return quota;
  }
}
