import type { Logger } from '@millrace/base';
import type { GroupMetadataValue } from '@millrace/protocol';
import type { Timers } from '../../../lib/timers.ts';

/** What a group needs from its coordinator. */
export type GroupEnvironment = {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly wallMs: () => number;
  /** A member id that nobody ever had. */
  readonly makeMemberId: (prefix: string) => string;
  readonly initialRebalanceDelayMs: () => number;
  readonly sizeMax: () => number;
  /** Stores the group's metadata; resolves when it is durable. */
  readonly store: (groupId: string, value: GroupMetadataValue) => Promise<void>;
};

export type JoiningClient = {
  readonly clientId: string;
  readonly clientHost: string;
  /** Whether a new member first gets an id and must come again with it (KIP-394, from version 4 on). */
  readonly requireKnownMemberId: boolean;
  /** Whether the client understands that a leader need not assign (KIP-814, from version 9 on). */
  readonly supportsSkippingAssignment: boolean;
};
