import { BrokerError } from '../lib/broker-error.ts';
import { type ForgottenTopic, type SharedTopics, ShareSession } from './share-session.ts';

/** The epoch of a request that begins a session, and of one that ends it. */
export const FIRST_EPOCH = 0;
export const FINAL_EPOCH = -1;

const EPOCH_MAX = 2 ** 31 - 1;

/** Partitions that all sessions together remember. */
const PARTITIONS_MAX = 200_000;

export type ShareSessionsOptions = {
  /** How many sessions there are at once. */
  readonly sessionsMax: () => number;
  /** A client went, and leaves a session behind, which is over now. */
  readonly onAbandoned: (session: ShareSession) => void;
  /** How many partitions they remember together. */
  readonly partitionsMax?: number;
};

export type ShareSessionRequest = {
  readonly groupId: string;
  readonly memberId: string;
  readonly epoch: number;
  readonly topics: SharedTopics;
  readonly forgotten: readonly ForgottenTopic[];
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal;
};

/** The share sessions of a broker (KIP-932): one for each member that fetches. */
export class ShareSessions {
  readonly #options: ShareSessionsOptions;
  readonly #partitionsMax: number;
  readonly #sessions = new Map<string, ShareSession>();
  #partitions = 0;

  constructor(options: ShareSessionsOptions) {
    this.#options = options;
    this.#partitionsMax = options.partitionsMax ?? PARTITIONS_MAX;
  }

  /** Sessions that there are. */
  get size(): number {
    return this.#sessions.size;
  }

  /**
   * Begins, goes on with, or ends the session of a fetch.
   *
   * @throws BrokerError `SHARE_SESSION_NOT_FOUND`, `INVALID_SHARE_SESSION_EPOCH`, `SHARE_SESSION_LIMIT_REACHED`.
   */
  fetch(request: ShareSessionRequest): ShareSession {
    if (request.epoch === FIRST_EPOCH) return this.#begin(request);
    const session = this.acknowledge(request);
    if (request.epoch === FINAL_EPOCH) return session;
    const before = session.size;
    session.update(request.topics, request.forgotten);
    this.#partitions += session.size - before;
    if (this.#partitions > this.#partitionsMax && session.size > before) {
      this.#remove(session);
      throw new BrokerError('SHARE_SESSION_LIMIT_REACHED');
    }
    return session;
  }

  /**
   * Goes on with, or ends, the session of a request that only acknowledges: such a one begins none.
   *
   * @throws BrokerError `SHARE_SESSION_NOT_FOUND`, `INVALID_SHARE_SESSION_EPOCH`.
   */
  acknowledge({ groupId, memberId, epoch }: Pick<ShareSessionRequest, 'groupId' | 'memberId' | 'epoch'>): ShareSession {
    if (epoch === FIRST_EPOCH) throw new BrokerError('INVALID_SHARE_SESSION_EPOCH');
    const session = this.#sessions.get(nameOf(groupId, memberId));
    if (session === undefined) throw new BrokerError('SHARE_SESSION_NOT_FOUND');
    if (epoch === FINAL_EPOCH) {
      this.#remove(session);
      return session;
    }
    if (session.epoch !== epoch) throw new BrokerError('INVALID_SHARE_SESSION_EPOCH');
    session.epoch = epoch === EPOCH_MAX ? 1 : epoch + 1;
    return session;
  }

  close(): void {
    for (const session of [...this.#sessions.values()]) this.#remove(session);
  }

  #begin({ groupId, memberId, topics, gone }: ShareSessionRequest): ShareSession {
    const old = this.#sessions.get(nameOf(groupId, memberId));
    if (old !== undefined) this.#remove(old);
    const partitions = topics.reduce((sum, topic) => sum + topic.partitions.length, 0);
    const isFull = this.#sessions.size >= this.#options.sessionsMax();
    if (isFull || this.#partitions + partitions > this.#partitionsMax) {
      throw new BrokerError('SHARE_SESSION_LIMIT_REACHED');
    }
    const onGone = (): void => {
      this.#remove(session);
      this.#options.onAbandoned(session);
    };
    const session = new ShareSession(groupId, memberId, () => gone.removeEventListener('abort', onGone));
    gone.addEventListener('abort', onGone);
    session.update(topics, []);
    // What it has from the session before is given back with this one.
    for (const key of old?.touched ?? []) session.touch(key);
    this.#sessions.set(nameOf(groupId, memberId), session);
    this.#partitions += session.size;
    return session;
  }

  #remove(session: ShareSession): void {
    if (!this.#sessions.delete(nameOf(session.groupId, session.memberId))) return;
    this.#partitions -= session.size;
    session.end();
  }
}

function nameOf(groupId: string, memberId: string): string {
  return `${groupId}\n${memberId}`;
}
