import type { GroupMetadataValue } from '@millrace/protocol';
import { Member } from './member.ts';
import type { Roster } from './roster.ts';

export type GroupFacts = {
  readonly generation: number;
  readonly protocol: string | null;
  readonly stateSinceMs: number;
  /** What the leader assigned; null where each member keeps what it has. */
  readonly assignments: ReadonlyMap<string, Uint8Array> | null;
};

/** What is stored of a group at the end of a round. */
export function storedGroup(roster: Roster, facts: GroupFacts): GroupMetadataValue {
  return {
    protocolType: roster.protocolType ?? '',
    generation: facts.generation,
    protocol: facts.protocol,
    leader: roster.leaderId,
    currentStateTimestamp: facts.stateSinceMs,
    members: roster.all().map((member) => ({
      memberId: member.id,
      groupInstanceId: member.instanceId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      rebalanceTimeout: member.rebalanceTimeoutMs,
      sessionTimeout: member.sessionTimeoutMs,
      subscription: member.metadata(facts.protocol),
      assignment: facts.assignments?.get(member.id) ?? member.assignment,
    })),
  };
}

/** Fills an empty roster with the members that were stored; copies their bytes. */
export function restoreRoster(roster: Roster, value: GroupMetadataValue): void {
  roster.protocolType = value.protocolType === '' ? null : value.protocolType;
  for (const stored of value.members) {
    const member = new Member({
      id: stored.memberId,
      instanceId: stored.groupInstanceId,
      clientId: stored.clientId,
      clientHost: stored.clientHost,
      sessionTimeoutMs: stored.sessionTimeout,
      rebalanceTimeoutMs: stored.rebalanceTimeout >= 0 ? stored.rebalanceTimeout : stored.sessionTimeout,
      protocols: value.protocol === null ? [] : [{ name: value.protocol, metadata: Buffer.from(stored.subscription) }],
    });
    member.assignment = Buffer.from(stored.assignment);
    roster.add(member);
  }
  if (value.leader !== null && roster.get(value.leader) !== undefined) roster.leaderId = value.leader;
}
