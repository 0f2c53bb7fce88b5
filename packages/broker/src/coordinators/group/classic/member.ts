import type { Timer } from '@millrace/base';
import type { JoinGroupRequestProtocol } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import { subscribedTopics } from '../subscriptions.ts';
import { type JoinAnswer, refusedJoin, refusedSync, type SyncAnswer } from './answers.ts';

/** One member of a classic group: what it said of itself, what it was assigned, and what it waits for. */
export class Member {
  id: string;
  readonly instanceId: string | null;
  clientId: string;
  clientHost: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  protocols: readonly JoinGroupRequestProtocol[];
  assignment: Uint8Array = new Uint8Array(0);
  /** Expels it when it is not heard of. */
  session: Timer | null = null;
  /** Answers its JoinGroup, which waits for the others. */
  #answerJoin: ((answer: JoinAnswer) => void) | null = null;
  /** Answers its SyncGroup, which waits for the leader's assignment. */
  #answerSync: ((answer: SyncAnswer) => void) | null = null;

  constructor(facts: MemberFacts) {
    this.id = facts.id;
    this.instanceId = facts.instanceId;
    this.clientId = facts.clientId;
    this.clientHost = facts.clientHost;
    this.sessionTimeoutMs = facts.sessionTimeoutMs;
    this.rebalanceTimeoutMs = facts.rebalanceTimeoutMs;
    this.protocols = facts.protocols;
  }

  /** Whether it takes part in the round that is being joined. */
  get isJoining(): boolean {
    return this.#answerJoin !== null;
  }

  /** Whether it waits for the leader's assignment. */
  get isSyncing(): boolean {
    return this.#answerSync !== null;
  }

  /** Waits for the round to be joined by all. Asked twice: only the newest request is still listened to. */
  waitForRound(): Promise<JoinAnswer> {
    this.answerJoin(refusedJoin(this.id, new BrokerError('REBALANCE_IN_PROGRESS').errorCode));
    return new Promise((resolve) => {
      this.#answerJoin = resolve;
    });
  }

  waitForAssignment(): Promise<SyncAnswer> {
    return new Promise((resolve) => {
      this.#answerSync = resolve;
    });
  }

  /** Answers its JoinGroup, if one waits. */
  answerJoin(answer: JoinAnswer): void {
    const resolve = this.#answerJoin;
    this.#answerJoin = null;
    resolve?.(answer);
  }

  /** Answers its SyncGroup, if one waits. */
  answerSync(answer: SyncAnswer): void {
    const resolve = this.#answerSync;
    this.#answerSync = null;
    resolve?.(answer);
  }

  /** Refuses whatever it waits for. */
  refuse(errorCode: number): void {
    this.answerJoin(refusedJoin(this.id, errorCode));
    this.answerSync(refusedSync(errorCode));
  }

  supports(protocol: string): boolean {
    return this.protocols.some(({ name }) => name === protocol);
  }

  metadata(protocol: string | null): Uint8Array {
    return this.protocols.find(({ name }) => name === protocol)?.metadata ?? new Uint8Array(0);
  }

  /** Whether it says the very same of itself as before. */
  matches(protocols: readonly JoinGroupRequestProtocol[]): boolean {
    if (protocols.length !== this.protocols.length) return false;
    return protocols.every(({ name, metadata }, index) => {
      const known = this.protocols[index]!;
      return known.name === name && Buffer.compare(known.metadata, metadata) === 0;
    });
  }

  /**
   * Whether it asks for the same topics by the same protocols as before. What else a consumer says of itself changes from
   * start to start: which partitions it had, and in which generation.
   */
  wantsTheSame(protocols: readonly JoinGroupRequestProtocol[]): boolean {
    if (protocols.length !== this.protocols.length) return false;
    return protocols.every(({ name, metadata }, index) => {
      const known = this.protocols[index]!;
      const before = subscribedTopics(known.metadata);
      const wanted = new Set(subscribedTopics(metadata));
      return known.name === name && before.length === wanted.size && before.every((topic) => wanted.has(topic));
    });
  }

  /** The first of its protocols, in its own order, that is among the given ones. */
  vote(candidates: ReadonlySet<string>): string | undefined {
    return this.protocols.find(({ name }) => candidates.has(name))?.name;
  }
}

export type MemberFacts = {
  readonly id: string;
  readonly instanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly protocols: readonly JoinGroupRequestProtocol[];
};
