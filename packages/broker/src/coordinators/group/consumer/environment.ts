import type { Logger } from '@millrace/base';
import type { Timers } from '../../../lib/timers.ts';
import type { CoordinatorRecord } from '../../runtime.ts';
import type { ConsumerGroupSettings } from './advance.ts';
import type { GroupChange } from './changes.ts';
import type { ConsumerGroupView } from './group-state.ts';
import type { Topics } from './subscriptions.ts';

/** What a consumer group needs from its coordinator. */
export type ConsumerGroupEnvironment = {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly wallMs: () => number;
  readonly makeMemberId: () => string;
  readonly topics: () => Topics;
  readonly settings: (groupId: string) => ConsumerGroupSettings;
  readonly migrationPolicy: () => string;
  readonly classicSizeMax: () => number;
};

/** How one group becomes what was decided. */
export type GroupKeeping = {
  /** Stores records and replays them, into the group where they are its; resolves when they are durable. */
  readonly store: (records: readonly CoordinatorRecord[]) => Promise<void>;
  /** Resolves when what was stored before is durable. */
  readonly settled: () => Promise<void>;
  /** Makes the group, as it will be, a classic one; `calls` begins a round of it. Resolves when that is durable. */
  readonly downgrade: (after: ConsumerGroupView, calls: boolean) => Promise<void>;
};

/** A group that becomes a consumer group with the first heartbeat. */
export type Upgrade = {
  readonly changes: readonly GroupChange[];
  /** Records that go before: the end of the classic group. */
  readonly records: readonly CoordinatorRecord[];
  /** Calls in who waits in the classic group. */
  readonly onDecided: () => void;
};
