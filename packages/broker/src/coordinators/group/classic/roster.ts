import { assert } from '@millrace/base';
import type { JoinGroupRequestProtocol } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import type { Member } from './member.ts';

/** Who is in a group, who leads it, and on which protocol they agree. Knows no states and no timers. */
export class Roster {
  readonly #members = new Map<string, Member>();
  /** Member ids by instance id: static members (KIP-345). */
  readonly #static = new Map<string, string>();
  leaderId: string | null = null;
  protocolType: string | null = null;

  get size(): number {
    return this.#members.size;
  }

  get(memberId: string): Member | undefined {
    return this.#members.get(memberId);
  }

  all(): Member[] {
    return [...this.#members.values()];
  }

  staticMemberId(instanceId: string): string | undefined {
    return this.#static.get(instanceId);
  }

  add(member: Member): void {
    assert(!this.#members.has(member.id), 'a member is added once');
    this.#members.set(member.id, member);
    if (member.instanceId !== null) this.#static.set(member.instanceId, member.id);
    this.leaderId ??= member.id;
  }

  remove(member: Member): void {
    this.#members.delete(member.id);
    if (member.instanceId !== null && this.#static.get(member.instanceId) === member.id) {
      this.#static.delete(member.instanceId);
    }
    if (this.leaderId === member.id) this.leaderId = this.#members.keys().next().value ?? null;
  }

  /** A static member came back under a new id and keeps its place. */
  rename(member: Member, newId: string): void {
    const wasLeader = this.leaderId === member.id;
    this.#members.delete(member.id);
    member.id = newId;
    this.#members.set(newId, member);
    assert(member.instanceId !== null, 'only static members come back under a new id');
    this.#static.set(member.instanceId, newId);
    if (wasLeader) this.leaderId = newId;
  }

  /** Gives the lead to a member that takes part in the rebalance; false when there is none. */
  electJoined(): boolean {
    if (this.leaderId !== null && this.#members.get(this.leaderId)?.isJoining === true) return true;
    const joined = this.all().find((member) => member.isJoining);
    if (joined === undefined) return false;
    this.leaderId = joined.id;
    return true;
  }

  /** The protocols that every member has. */
  commonProtocols(): Set<string> {
    const members = this.all();
    const common = new Set(members[0]?.protocols.map(({ name }) => name));
    for (const name of common) if (!members.every((member) => member.supports(name))) common.delete(name);
    return common;
  }

  /** Whether someone with these protocols could be a member beside the others. */
  accepts(protocolType: string, protocols: readonly JoinGroupRequestProtocol[]): boolean {
    if (protocolType === '' || protocols.length === 0) return false;
    if (this.size === 0) return true;
    if (this.protocolType !== protocolType) return false;
    return protocols.some(({ name }) => this.all().every((member) => member.supports(name)));
  }

  /** The protocol that most members like best among those that all have. */
  selectProtocol(): string {
    const common = this.commonProtocols();
    const votes = new Map<string, number>();
    for (const member of this.#members.values()) {
      const vote = member.vote(common);
      assert(vote !== undefined, 'members of a group have a protocol in common');
      votes.set(vote, (votes.get(vote) ?? 0) + 1);
    }
    let best: string | undefined;
    for (const [name, count] of votes) if (best === undefined || count > votes.get(best)!) best = name;
    assert(best !== undefined, 'a protocol is selected among members');
    return best;
  }

  rebalanceTimeoutMs(): number {
    return Math.max(0, ...this.all().map((member) => member.rebalanceTimeoutMs));
  }

  /**
   * The member that a request speaks for.
   *
   * @throws BrokerError `UNKNOWN_MEMBER_ID`, or `FENCED_INSTANCE_ID` when another process took its instance id.
   */
  require(memberId: string, instanceId: string | null): Member {
    if (instanceId !== null) {
      const known = this.#static.get(instanceId);
      if (known === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
      if (known !== memberId) throw new BrokerError('FENCED_INSTANCE_ID');
    }
    const member = this.#members.get(memberId);
    if (member === undefined) throw new BrokerError('UNKNOWN_MEMBER_ID');
    return member;
  }
}
