import type { Clock, Random } from '@millrace/base';
import type { FetchRequest } from '@millrace/protocol';
import { BrokerError } from '../lib/broker-error.ts';
import { FetchSession, nextEpoch, type Wanted, wantedOf } from './fetch-session.ts';

/** A session that was not used for so long gives its place to any other, and may be pushed out by a larger one. */
const EVICTION_MS = 120_000;

/** Partitions that all sessions together remember; beyond, clients get full answers as if there were no sessions. */
const PARTITIONS_MAX = 200_000;

/** The epoch of a request that begins a session, and of one that wants none. */
const FIRST_EPOCH = 0;
const NO_SESSION_EPOCH = -1;

/** The first version that names topics by id. */
const TOPIC_ID_VERSION = 13;

const SESSION_ID_MAX = 2 ** 31 - 1;

/** What a fetch reads, and how it is answered. */
export type FetchContext = {
  readonly wanted: readonly Wanted[];
  /** Null for an answer without a session. */
  readonly session: FetchSession | null;
  /** Whether the answer leaves out what is not new. */
  readonly isIncremental: boolean;
};

export type FetchSessionsOptions = {
  readonly clock: Clock;
  readonly random: Random;
  /** How many sessions are kept at once. */
  readonly sessionsMax: () => number;
  /** How many partitions they remember together. */
  readonly partitionsMax?: number;
};

/** The fetch sessions of a broker (KIP-227), in the order of their last use. */
export class FetchSessions {
  readonly #options: FetchSessionsOptions;
  readonly #sessions = new Map<number, FetchSession>();
  readonly #partitionsMax: number;
  #partitions = 0;

  constructor(options: FetchSessionsOptions) {
    this.#options = options;
    this.#partitionsMax = options.partitionsMax ?? PARTITIONS_MAX;
  }

  /** Sessions that are kept. */
  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Finds, begins or ends the session of a request.
   *
   * @throws BrokerError `FETCH_SESSION_ID_NOT_FOUND`, `INVALID_FETCH_SESSION_EPOCH`, `FETCH_SESSION_TOPIC_ID_ERROR`: the
   *   client begins anew with a full fetch.
   */
  open(request: FetchRequest, version: number): FetchContext {
    const { sessionId, sessionEpoch, topics } = request;
    if (sessionEpoch === FIRST_EPOCH || sessionEpoch === NO_SESSION_EPOCH) {
      const old = this.#sessions.get(sessionId);
      if (old !== undefined) this.#remove(old);
      const session = sessionEpoch === FIRST_EPOCH ? this.#begin(request, version) : null;
      return { wanted: session === null ? wantedOf(topics) : [...session.wanted], session, isIncremental: false };
    }
    const session = this.#sessions.get(sessionId);
    if (session === undefined) throw new BrokerError('FETCH_SESSION_ID_NOT_FOUND');
    if (session.epoch !== sessionEpoch) throw new BrokerError('INVALID_FETCH_SESSION_EPOCH');
    if (session.usesTopicIds !== version >= TOPIC_ID_VERSION) throw new BrokerError('FETCH_SESSION_TOPIC_ID_ERROR');
    this.#carryOn(session, request);
    if (session.size === 0) {
      this.#remove(session);
      return { wanted: [], session: null, isIncremental: false };
    }
    return { wanted: [...session.wanted], session, isIncremental: true };
  }

  #begin({ topics }: FetchRequest, version: number): FetchSession | null {
    const partitions = topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
    if (partitions === 0 || !this.#makeRoom(partitions)) return null;
    const session = new FetchSession(this.#freeId(), version >= TOPIC_ID_VERSION, this.#nowMs);
    session.update(topics, []);
    this.#sessions.set(session.id, session);
    this.#partitions += session.size;
    return session;
  }

  #carryOn(session: FetchSession, request: FetchRequest): void {
    const before = session.size;
    session.update(request.topics, request.forgottenTopicsData);
    this.#partitions += session.size - before;
    if (this.#partitions > this.#partitionsMax && session.size > before) {
      this.#remove(session);
      throw new BrokerError('FETCH_SESSION_ID_NOT_FOUND');
    }
    session.epoch = nextEpoch(session.epoch);
    session.usedMs = this.#nowMs;
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
  }

  /** Whether a session of so many partitions may be kept; another one may have to go for it, as with Kafka. */
  #makeRoom(partitions: number): boolean {
    if (this.#partitions + partitions > this.#partitionsMax) return false;
    if (this.#sessions.size < this.#options.sessionsMax()) return true;
    const [leastUsed] = this.#sessions.values();
    if (leastUsed === undefined) return false;
    const evicted = this.#nowMs - leastUsed.usedMs > EVICTION_MS ? leastUsed : this.#smallerThan(partitions);
    if (evicted === null) return false;
    this.#remove(evicted);
    return true;
  }

  /** The smallest of the sessions that had their time, where it is smaller than the one that wants its place. */
  #smallerThan(partitions: number): FetchSession | null {
    let smallest: FetchSession | null = null;
    for (const session of this.#sessions.values()) {
      if (this.#nowMs - session.createdMs <= EVICTION_MS || session.size >= partitions) continue;
      if (smallest === null || session.size < smallest.size) smallest = session;
    }
    return smallest;
  }

  #remove(session: FetchSession): void {
    if (this.#sessions.delete(session.id)) this.#partitions -= session.size;
  }

  #freeId(): number {
    for (;;) {
      const id = 1 + this.#options.random.int(SESSION_ID_MAX);
      if (!this.#sessions.has(id)) return id;
    }
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
