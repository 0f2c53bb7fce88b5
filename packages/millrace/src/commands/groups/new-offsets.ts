import type { Admin, TopicPartition } from '@millrace/client';
import type { PlannedOffset } from './offset-plan.ts';

/** Where offsets are to go. */
export type Target =
  | { readonly kind: 'earliest' | 'latest' | 'current' }
  | { readonly kind: 'offset'; readonly offset: number }
  | { readonly kind: 'time'; readonly timeMs: number }
  | { readonly kind: 'shift'; readonly count: number }
  | { readonly kind: 'plan'; readonly plan: readonly PlannedOffset[] };

export type NewOffset = TopicPartition & {
  /** What is committed now; null for nothing. */
  readonly from: number | null;
  readonly to: number;
};

type Question = {
  readonly target: Target;
  readonly partitions: readonly TopicPartition[];
  /** What is committed now. */
  readonly committed: readonly PlannedOffset[];
};

/** The new offset of each partition, within what the partition has. */
export async function offsetsFor(
  admin: Admin,
  { target, partitions, committed }: Question,
): Promise<readonly NewOffset[]> {
  const [earliest, latest] = await Promise.all([
    admin.listOffsets(partitions, 'earliest'),
    admin.listOffsets(partitions, 'latest'),
  ]);
  const found = target.kind === 'time' ? await admin.listOffsets(partitions, { timestamp: target.timeMs }) : [];
  const current = new Map(committed.map((each) => [keyOf(each), each.offset]));
  const planned = new Map(target.kind === 'plan' ? target.plan.map((each) => [keyOf(each), each.offset]) : []);
  return partitions.flatMap(({ topic, partition }, index) => {
    const key = keyOf({ topic, partition });
    const [start, end] = [earliest[index]!.offset, latest[index]!.offset];
    const from = current.get(key) ?? null;
    const wanted = wantedOffset(target, { start, end, from, found: found[index]?.offset, planned: planned.get(key) });
    return wanted === null ? [] : [{ topic, partition, from, to: Math.min(Math.max(wanted, start), end) }];
  });
}

type Known = {
  readonly start: number;
  readonly end: number;
  readonly from: number | null;
  readonly found: number | undefined;
  readonly planned: number | undefined;
};

/** Null where nothing is committed that could be kept or shifted, and where a plan says nothing. */
function wantedOffset(target: Target, { start, end, from, found, planned }: Known): number | null {
  switch (target.kind) {
    case 'earliest':
      return start;
    case 'latest':
      return end;
    case 'current':
      return from;
    case 'offset':
      return target.offset;
    case 'shift':
      return from === null ? null : from + target.count;
    case 'time':
      // No record is that late: on from the end.
      return found === undefined || found < 0 ? end : found;
    case 'plan':
      return planned ?? null;
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}:${partition}`;
}
