import type { Clock } from '@millrace/base';
import type { HeartbeatSettings } from './peer-settings.ts';

const HOSTS_MAX = 1_000;

/** How far a copy has come in its changelog. */
export type PartitionLag = {
  readonly currentOffsetPosition: number;
  readonly endOffsetPosition: number;
  readonly offsetLag: number;
};

/** The stores of an engine, as it told them: `application id#store`, then partitions. ksqlDB's shape. */
export type HostStoreLags = {
  readonly stateStoreLags: Readonly<
    Record<string, { readonly lagByPartition: Readonly<Record<number, PartitionLag>>; readonly size: number }>
  >;
  readonly updateTimeMs: number;
};

export type HostStatus = { readonly hostAlive: boolean; readonly lastStatusUpdateMs: number };

type Host = { status: HostStatus; beatsMs: number[]; lags: HostStoreLags | null };

type Options = {
  /** `host:port` of this engine, which is one of them and always alive; null where it has no address. */
  readonly own: string | null;
  /** Null: no beats are heard, and whoever is in the groups of the queries counts as alive. */
  readonly heartbeats: HeartbeatSettings | null;
  readonly clock: Clock;
};

/**
 * What this engine knows of the other engines of its service: that there are such tell the groups of the queries, that they
 * are alive their heartbeats, how fresh their copies are their reports. Beats are counted when they arrive, so that clocks
 * of other machines don't matter.
 */
export class ServiceHosts {
  readonly #own: string | null;
  readonly #heartbeats: HeartbeatSettings | null;
  readonly #clock: Clock;
  readonly #hosts = new Map<string, Host>();
  readonly #mourners = new Map<string, Set<() => void>>();

  constructor({ own, heartbeats, clock }: Options) {
    this.#own = own;
    this.#heartbeats = heartbeats;
    this.#clock = clock;
    if (own !== null) this.#host(own);
  }

  /**
   * Those that are in the groups now. A new one counts as alive. One that has left them is known as long as it beats, or, where
   * nobody hears beats, no longer.
   */
  discover(servers: ReadonlySet<string>): void {
    for (const server of servers) this.#host(server);
    for (const server of this.others) {
      const isKept = servers.has(server) || (this.#heartbeats !== null && this.status(server).hostAlive);
      if (!isKept) this.#hosts.delete(server);
    }
  }

  beat(server: string): void {
    if (this.#heartbeats === null || this.#isFull(server)) return;
    this.#host(server).beatsMs.push(this.#clock.monotonicMs());
  }

  /** An older report than the one that is known is passed over. */
  reportLags(server: string, lags: HostStoreLags): void {
    if (this.#isFull(server)) return;
    const host = this.#host(server);
    if ((host.lags?.updateTimeMs ?? 0) <= lags.updateTimeMs) host.lags = lags;
  }

  /** Decides who is alive, by the beats of the last while. */
  check(): void {
    if (this.#heartbeats === null) return;
    const { windowMs } = this.#heartbeats;
    const endMs = this.#clock.monotonicMs();
    for (const [server, host] of this.#hosts) {
      if (server === this.#own) continue;
      host.beatsMs = host.beatsMs.filter((beatMs) => beatMs >= endMs - windowMs);
      const hostAlive = host.beatsMs.length > 0 && isAlive(host.beatsMs, endMs, this.#heartbeats);
      // Of a host that says nothing there is no news: the time stays that of the last.
      const lastStatusUpdateMs = host.beatsMs.length > 0 ? this.#clock.wallMs() : host.status.lastStatusUpdateMs;
      const dies = host.status.hostAlive && !hostAlive;
      host.status = { hostAlive, lastStatusUpdateMs };
      if (dies) for (const listener of this.#mourners.get(server) ?? []) listener();
    }
  }

  /** Calls `listener` when an engine is found to be dead from now on; returns the way to stop that. */
  onDeath(server: string, listener: () => void): () => void {
    const listeners = this.#mourners.get(server) ?? new Set();
    this.#mourners.set(server, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#mourners.delete(server);
    };
  }

  /** This engine is one of them. */
  statuses(): ReadonlyMap<string, HostStatus> {
    return new Map([...this.#hosts].map(([server, { status }]) => [server, status]));
  }

  /** The others. */
  get others(): readonly string[] {
    return [...this.#hosts.keys()].filter((server) => server !== this.#own);
  }

  /** Who is not known counts as alive. */
  status(server: string): HostStatus {
    return this.#hosts.get(server)?.status ?? { hostAlive: true, lastStatusUpdateMs: this.#clock.wallMs() };
  }

  /** What an engine told of its stores; of one that is not alive nothing counts. */
  lags(server: string): HostStoreLags | null {
    const host = this.#hosts.get(server);
    return host?.status.hostAlive === true ? host.lags : null;
  }

  lag(server: string, applicationId: string, store: string, partition: number): PartitionLag | null {
    return this.lags(server)?.stateStoreLags[`${applicationId}#${store}`]?.lagByPartition[partition] ?? null;
  }

  /** Of those that nobody but themselves says to be there, there may not be any number. */
  #isFull(server: string): boolean {
    return this.#hosts.size >= HOSTS_MAX && !this.#hosts.has(server);
  }

  #host(server: string): Host {
    const known = this.#hosts.get(server);
    if (known !== undefined) return known;
    const status = { hostAlive: true, lastStatusUpdateMs: this.#clock.wallMs() };
    const made: Host = { status, beatsMs: [], lags: null };
    this.#hosts.set(server, made);
    return made;
  }
}

/** Whether the last beat is so late that too many have been missed since. */
function isAlive(beatsMs: readonly number[], endMs: number, settings: HeartbeatSettings): boolean {
  const { sendIntervalMs, missedThreshold } = settings;
  const missed = Math.floor((endMs - beatsMs.at(-1)! - 1) / sendIntervalMs);
  return missed < missedThreshold;
}
