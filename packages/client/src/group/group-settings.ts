import { MillraceError } from '@millrace/base';
import type { Assignor } from './assignor.ts';
import { rangeAssignor } from './assignors/range.ts';
import { cooperativeStickyAssignor } from './assignors/sticky.ts';
import type { GroupListener, GroupMemberOptions, GroupProtocol } from './group-options.ts';

/** The options of a group member with every default filled in. */
export type GroupSettings = {
  readonly groupId: string;
  readonly groupInstanceId: string | null;
  readonly groupProtocol: GroupProtocol;
  readonly serverAssignor: string | null;
  readonly listener: GroupListener;
  readonly assignors: readonly Assignor[];
  /** Partitions are kept through a round only when every assignor on offer can deal with that. */
  readonly isCooperative: boolean;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly maxPollIntervalMs: number;
  /** How long a join or sync may wait for the other members. */
  readonly roundTimeoutMs: number;
};

/** A broker answers when all members have come or their time is over: then it needs a moment more. */
const ROUND_TIMEOUT_EXTRA_MS = 30_000;

export function groupSettings(options: GroupMemberOptions): GroupSettings {
  const assignors = options.assignors ?? [rangeAssignor, cooperativeStickyAssignor];
  const sessionTimeoutMs = options.sessionTimeoutMs ?? 45_000;
  const heartbeatIntervalMs = options.heartbeatIntervalMs ?? Math.min(3_000, sessionTimeoutMs / 3);
  if (heartbeatIntervalMs >= sessionTimeoutMs) {
    throw new MillraceError(
      'INVALID_CONFIG',
      `heartbeatIntervalMs (${heartbeatIntervalMs}) must be less than sessionTimeoutMs (${sessionTimeoutMs})`,
    );
  }
  const maxPollIntervalMs = options.maxPollIntervalMs ?? 300_000;
  if (options.groupId === '') throw new MillraceError('INVALID_GROUP_ID', 'groupId must not be empty');
  return {
    groupId: options.groupId,
    groupInstanceId: options.groupInstanceId ?? null,
    groupProtocol: options.groupProtocol ?? 'classic',
    serverAssignor: options.serverAssignor ?? null,
    listener: options.listener,
    assignors,
    isCooperative: assignors.every(({ rebalanceProtocol }) => rebalanceProtocol === 'cooperative'),
    sessionTimeoutMs,
    heartbeatIntervalMs,
    maxPollIntervalMs,
    roundTimeoutMs: maxPollIntervalMs + ROUND_TIMEOUT_EXTRA_MS,
  };
}
