import type { Rights } from '../../security/acl/rights.ts';
import { ALLOWED, DENIED } from './rule.ts';

type Heartbeat = { readonly groupId: string; readonly subscribedTopicNames: readonly string[] | null };

const NOTHING = { errorMessage: null, memberId: null, memberEpoch: 0, heartbeatIntervalMs: 0, assignment: null };

/** Who may read a group and describe its topics may be a member: of consumer groups (KIP-848) and of share groups (KIP-932). */
export function judgeHeartbeat({ groupId, subscribedTopicNames }: Heartbeat, rights: Rights): HeartbeatVerdict {
  const mayRead = rights.may('Read', 'Group', groupId);
  const names = subscribedTopicNames ?? [];
  if (mayRead && names.every((name) => rights.may('Describe', 'Topic', name))) return ALLOWED;
  const errorCode = mayRead ? DENIED.topic : DENIED.group;
  return { kind: 'refused', response: { throttleTimeMs: 0, errorCode, ...NOTHING } };
}

type HeartbeatVerdict =
  | typeof ALLOWED
  | { readonly kind: 'refused'; readonly response: typeof NOTHING & { throttleTimeMs: number; errorCode: number } };
