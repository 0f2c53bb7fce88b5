import type { JoinGroupRequest } from '@millrace/protocol';
import { BrokerError } from '../../../lib/broker-error.ts';
import { joinAnswer } from './agreement.ts';
import { type JoinAnswer, refusedJoin } from './answers.ts';
import type { JoiningClient } from './environment.ts';
import { Member } from './member.ts';
import type { RoundParts, Rounds } from './rounds.ts';

/** A new member may wait this long for its first round to begin: it can't send heartbeats while it waits. */
const JOIN_TIMEOUT_MS = 5 * 60_000;

/** Who may join, and as whom: as a new member, as one that is known, or in the place of a static one that restarted. */
export class Joining {
  readonly #parts: RoundParts;
  readonly #rounds: Rounds;

  constructor(parts: RoundParts, rounds: Rounds) {
    this.#parts = parts;
    this.#rounds = rounds;
  }

  /** Answers when the round is complete. @throws BrokerError where the group refuses. */
  join(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const { roster, pending, environment } = this.#parts;
    const { memberId, protocolType, protocols } = request;
    if (!roster.accepts(protocolType, protocols)) throw new BrokerError('INCONSISTENT_GROUP_PROTOCOL');
    const isKnown = roster.get(memberId) !== undefined || pending.has(memberId);
    if (!isKnown && roster.size >= environment.sizeMax()) throw new BrokerError('GROUP_MAX_SIZE_REACHED');
    return memberId === '' ? this.#joinNew(request, client) : this.#joinKnown(request, client);
  }

  #joinNew(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const { roster, pending, environment } = this.#parts;
    const instanceId = request.groupInstanceId;
    const memberId = environment.makeMemberId(instanceId ?? client.clientId);
    const known = instanceId === null ? undefined : roster.staticMemberId(instanceId);
    if (known !== undefined) return this.#replaceStatic(roster.get(known)!, memberId, request, client);
    if (instanceId === null && client.requireKnownMemberId) {
      pending.add(memberId, request.sessionTimeoutMs, () => this.#rounds.completeIfAllJoined());
      return Promise.resolve(refusedJoin(memberId, new BrokerError('MEMBER_ID_REQUIRED').errorCode));
    }
    return this.#addMember(memberId, request, client);
  }

  #joinKnown(request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const { roster, pending } = this.#parts;
    if (pending.has(request.memberId)) {
      pending.delete(request.memberId);
      return this.#addMember(request.memberId, request, client);
    }
    const member = roster.require(request.memberId, request.groupInstanceId);
    const isUnchanged = member.matches(request.protocols);
    const answerAgain = (): Promise<JoinAnswer> => Promise.resolve(joinAnswer(roster, this.#rounds, member));
    switch (this.#rounds.state) {
      case 'PreparingRebalance':
        return this.#rejoin(member, request);
      case 'CompletingRebalance':
        // It did not get the answer of this round: here it is again.
        return isUnchanged ? answerAgain() : this.#rejoin(member, request);
      case 'Stable':
        return member.id !== roster.leaderId && isUnchanged ? answerAgain() : this.#rejoin(member, request);
      case 'Empty':
      case 'Dead':
        throw new BrokerError('UNKNOWN_MEMBER_ID');
    }
  }

  #addMember(memberId: string, request: JoinGroupRequest, client: JoiningClient): Promise<JoinAnswer> {
    const { roster, sessions } = this.#parts;
    const member = new Member({
      id: memberId,
      instanceId: request.groupInstanceId,
      clientId: client.clientId,
      clientHost: client.clientHost,
      sessionTimeoutMs: request.sessionTimeoutMs,
      rebalanceTimeoutMs: request.rebalanceTimeoutMs >= 0 ? request.rebalanceTimeoutMs : request.sessionTimeoutMs,
      protocols: request.protocols,
    });
    if (roster.size === 0) roster.protocolType = request.protocolType;
    roster.add(member);
    this.#rounds.onNewcomer();
    const answer = member.waitForRound();
    sessions.keepAlive(member, JOIN_TIMEOUT_MS);
    this.#rounds.begin();
    return answer;
  }

  #rejoin(member: Member, request: JoinGroupRequest): Promise<JoinAnswer> {
    update(member, request);
    const answer = member.waitForRound();
    this.#rounds.begin();
    return answer;
  }

  /** A static member restarted: the process before it is fenced, and nobody else notices unless it wants another thing. */
  async #replaceStatic(
    member: Member,
    memberId: string,
    request: JoinGroupRequest,
    client: JoiningClient,
  ): Promise<JoinAnswer> {
    const { roster, sessions } = this.#parts;
    const oldId = member.id;
    const wasLeader = roster.leaderId === oldId;
    member.refuse(new BrokerError('FENCED_INSTANCE_ID').errorCode);
    roster.rename(member, memberId);
    const isUnchanged = member.wantsTheSame(request.protocols);
    update(member, request);
    member.clientId = client.clientId;
    member.clientHost = client.clientHost;
    if (this.#rounds.state === 'Stable' && isUnchanged && roster.selectProtocol() === this.#rounds.protocol) {
      sessions.heard(member);
      await this.#rounds.store(null);
      const answer = joinAnswer(roster, this.#rounds, member);
      if (!wasLeader) return answer;
      // The lead is its own, but there is nothing to assign: an old client is told that the old id leads.
      return client.supportsSkippingAssignment
        ? { ...answer, skipAssignment: true }
        : { ...answer, leader: oldId, members: [] };
    }
    const answer = member.waitForRound();
    sessions.keepAlive(member, JOIN_TIMEOUT_MS);
    this.#rounds.begin();
    return answer;
  }
}

function update(member: Member, request: JoinGroupRequest): void {
  member.protocols = request.protocols;
  member.sessionTimeoutMs = request.sessionTimeoutMs;
  if (request.rebalanceTimeoutMs >= 0) member.rebalanceTimeoutMs = request.rebalanceTimeoutMs;
}
