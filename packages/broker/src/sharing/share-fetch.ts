import type { Clock } from '@millrace/base';
import { errorCodeOf } from '../lib/broker-error.ts';
import type { Timers } from '../lib/timers.ts';
import type { TurnBudget } from '../lib/turn-budget.ts';
import { type Acquired, type AcquireRequest, NOTHING, type SharePartition } from './share-partition.ts';
import type { SharePartitions } from './share-partitions.ts';
import type { SharedPartition, ShareSession } from './share-session.ts';
import { waitToAcquire } from './wait-to-acquire.ts';

export type ShareFetchParts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly turns: TurnBudget;
  readonly partitions: SharePartitions;
};

export type ShareFetchWishes = Omit<AcquireRequest, 'memberId'> & {
  readonly minBytes: number;
  readonly maxWaitMs: number;
  readonly gone: AbortSignal;
  /** @throws BrokerError where the client may not read a topic. */
  readonly checkTopic: (topicId: string) => void;
};

/** What a fetch got of a partition, or why it got nothing. */
export type ShareFetched = SharedPartition &
  (
    | { readonly kind: 'read'; readonly from: SharePartition; readonly acquired: Acquired }
    | { readonly kind: 'failed'; readonly errorCode: number; readonly errorMessage: string | null }
  );

type Round = {
  readonly fetched: readonly ShareFetched[];
  readonly open: readonly SharePartition[];
  /** Whether nothing was got from a partition though there may be more in it. */
  readonly hasMore: boolean;
  readonly isEnough: boolean;
};

/** Acquires records for a member until there are enough, or its time is over. */
export async function shareFetch(
  parts: ShareFetchParts,
  session: ShareSession,
  wishes: ShareFetchWishes,
): Promise<readonly ShareFetched[]> {
  const { clock, timers, turns } = parts;
  const deadlineMs = clock.monotonicMs() + wishes.maxWaitMs;
  let isLast = wishes.maxWaitMs <= 0;
  for (;;) {
    if (turns.isSpent) await turns.turn();
    // Who is gone must not be given anything: nobody would hear of it, and it would be locked.
    if (wishes.gone.aborted || session.isEnded) return [];
    const round = acquireRound(parts, session, wishes, isLast);
    if (round.isEnough || (isLast && !round.hasMore) || round.open.length === 0) return round.fetched;
    if (round.hasMore) continue;
    const timeoutMs = deadlineMs - clock.monotonicMs();
    const isChanged = await waitToAcquire({ timers, partitions: round.open, timeoutMs, gone: wishes.gone });
    isLast = !isChanged;
  }
}

function acquireRound(
  { partitions, turns }: ShareFetchParts,
  session: ShareSession,
  wishes: ShareFetchWishes,
  isLast: boolean,
): Round {
  const fetched: ShareFetched[] = [];
  const open: SharePartition[] = [];
  let isUrgent = false;
  let hasMore = false;
  let bytes = 0;
  let count = 0;
  const found = session.partitions.map((each) => {
    try {
      wishes.checkTopic(each.topicId);
      const from = partitions.open({ groupId: session.groupId, ...each });
      open.push(from);
      return { ...each, from };
    } catch (error) {
      isUrgent = true;
      fetched.push({ ...each, ...failure(error) });
      return null;
    }
  });
  const isEnough = isLast || isUrgent || wishes.minBytes <= 1 || available(open, wishes) >= wishes.minBytes;
  for (const each of found) {
    if (each === null || !isEnough) continue;
    const { from } = each;
    try {
      const isFull = count >= wishes.recordsMax || bytes >= wishes.bytesMax || (count > 0 && !from.hasBegun);
      const limits = { bytesMax: Math.max(wishes.bytesMax - bytes, 0), recordsMax: wishes.recordsMax - count };
      const acquired = isFull ? NOTHING : from.acquire({ ...wishes, ...limits, memberId: session.memberId });
      bytes += acquired.bytes.byteLength;
      count += acquired.count;
      hasMore ||= !acquired.isAtEnd && acquired.count === 0;
      if (acquired.count > 0) session.touch(from.key);
      fetched.push({ ...each, kind: 'read', acquired });
    } catch (error) {
      isUrgent = true;
      fetched.push({ ...each, ...failure(error) });
    }
  }
  // What only held markers and the like was read, too.
  turns.spend(hasMore ? wishes.bytesMax : bytes);
  return { fetched, open, hasMore, isEnough: isUrgent || count > 0 };
}

/** Bytes that could be read now, as far as it matters. */
function available(open: readonly SharePartition[], { minBytes, bytesMax }: ShareFetchWishes): number {
  let bytes = 0;
  for (const partition of open) {
    if (bytes >= minBytes) break;
    bytes += partition.availableBytes(bytesMax);
  }
  return bytes;
}

function failure(error: unknown) {
  const errorMessage = error instanceof Error ? error.message : String(error);
  return { kind: 'failed', errorCode: errorCodeOf(error), errorMessage } as const;
}
