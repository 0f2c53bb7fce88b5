import type { Timer } from '@millrace/base';
import type { JoinGroupRequestProtocol } from '@millrace/protocol';
import type { JoinAnswer, SyncAnswer } from './answers.ts';

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
  /** Answers its JoinGroup, which waits for the others. */
  joining: ((answer: JoinAnswer) => void) | null = null;
  /** Answers its SyncGroup, which waits for the leader's assignment. */
  syncing: ((answer: SyncAnswer) => void) | null = null;
  /** Expels it when it is not heard of. */
  session: Timer | null = null;

  constructor(facts: MemberFacts) {
    this.id = facts.id;
    this.instanceId = facts.instanceId;
    this.clientId = facts.clientId;
    this.clientHost = facts.clientHost;
    this.sessionTimeoutMs = facts.sessionTimeoutMs;
    this.rebalanceTimeoutMs = facts.rebalanceTimeoutMs;
    this.protocols = facts.protocols;
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
