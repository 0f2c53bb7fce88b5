import type { JoinAnswer, SyncAnswer } from './answers.ts';
import type { Member } from './member.ts';
import type { Roster } from './roster.ts';

/** What members agreed on in a round. */
export type Agreement = { readonly generation: number; readonly protocol: string | null };

/** What a member is told when all have joined; only the leader learns who the others are. */
export function joinAnswer(roster: Roster, { generation, protocol }: Agreement, member: Member): JoinAnswer {
  const isLeader = member.id === roster.leaderId;
  return {
    errorCode: 0,
    generationId: generation,
    protocolType: roster.protocolType,
    protocolName: protocol,
    leader: roster.leaderId ?? '',
    skipAssignment: false,
    memberId: member.id,
    members: isLeader
      ? roster.all().map((other) => ({
          memberId: other.id,
          groupInstanceId: other.instanceId,
          metadata: other.metadata(protocol),
        }))
      : [],
  };
}

/** What a member is told when the leader has assigned. */
export function syncAnswer(roster: Roster, { protocol }: Agreement, member: Member): SyncAnswer {
  return { errorCode: 0, protocolType: roster.protocolType, protocolName: protocol, assignment: member.assignment };
}
