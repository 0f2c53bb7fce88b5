import type { StateBatch, StoredDelivery } from '../coordinators/share/stored-partition.ts';
import { BrokerError } from '../lib/broker-error.ts';
import { OffsetRuns } from '../lib/offset-runs.ts';

/**
 * What became of a record: it may be delivered again (`available`), a member has it for itself until a time (`acquired`),
 * it was consumed (`acknowledged`), or it will never be (`archived`). Times are on the monotonic clock.
 */
export type Delivery =
  | { readonly kind: 'available' | 'acknowledged' | 'archived'; readonly count: number }
  | { readonly kind: 'acquired'; readonly count: number; readonly memberId: string; readonly untilMs: number };

/** Offsets with their delivery; undefined for those that were never delivered. */
export type DeliveryStretch = { readonly first: number; readonly last: number; readonly value: Delivery | undefined };

type Move = { readonly first: number; readonly last: number; readonly value: Delivery };

/** What a member says of a record that it has, by the numbers of Kafka's `AcknowledgeType`. */
export const ACKNOWLEDGE_TYPE = { gap: 0, accept: 1, release: 2, reject: 3, renew: 4 } as const;

export type Acknowledgement = {
  readonly firstOffset: number;
  readonly lastOffset: number;
  /** One for all, or one for each offset. */
  readonly types: readonly number[];
};

export type WindowLimits = { readonly deliveriesMax: number };

/**
 * The records of a partition that a share group has in work: from the first that is not done with to the last that was
 * looked at. Neighbours with the same delivery are one run, so a window of thousands of records is mostly a few runs. What
 * changes is answered as what is to be stored.
 */
export class DeliveryWindow {
  readonly #runs = new OffsetRuns<Delivery>(isSame);
  #startOffset: number;
  /** The offset after the last that was looked at. */
  #endOffset: number;

  constructor(startOffset: number, stored: Iterable<StateBatch>) {
    this.#startOffset = startOffset;
    this.#endOffset = startOffset;
    for (const { first, last, value } of stored) {
      if (last < startOffset) continue;
      this.#runs.set(Math.max(first, startOffset), last, { kind: value.state, count: value.count });
      this.#endOffset = last + 1;
    }
    this.#advance();
  }

  /** The first offset that is not done with. */
  get startOffset(): number {
    return this.#startOffset;
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  /** The first offset that may be delivered. */
  get nextOffset(): number {
    for (const { first, value } of this.#runs.between(this.#startOffset, this.#endOffset - 1)) {
      if (isDeliverable(value)) return first;
    }
    return this.#endOffset;
  }

  /** Offsets from the start on that are done with. */
  get completeCount(): number {
    let count = 0;
    for (const { first, last, value } of this.#runs) if (isDone(value)) count += last - first + 1;
    return count;
  }

  /** Whether some member has a record. */
  get isInUse(): boolean {
    for (const { value } of this.#runs) if (value.kind === 'acquired') return true;
    return false;
  }

  /** Records that members have now. */
  get acquiredCount(): number {
    let count = 0;
    for (const { first, last, value } of this.#runs) if (value.kind === 'acquired') count += last - first + 1;
    return count;
  }

  /** When the first lock ends; null without locks. */
  get nextLockEndMs(): number | null {
    let first: number | null = null;
    for (const { value } of this.#runs) {
      if (value.kind === 'acquired' && (first === null || value.untilMs < first)) first = value.untilMs;
    }
    return first;
  }

  stretches(first: number, last: number): Iterable<DeliveryStretch> {
    return this.#runs.between(Math.max(first, this.#startOffset), last);
  }

  /** Gives offsets, which may be delivered, to a member. */
  acquire(first: number, last: number, taken: Extract<Delivery, { kind: 'acquired' }>): void {
    this.#runs.set(first, last, taken);
    this.#endOffset = Math.max(this.#endOffset, last + 1);
  }

  /** Offsets that hold no record, or none for this group: what may still be delivered of them never will be. */
  skip(first: number, last: number): void {
    for (const stretch of [...this.stretches(first, last)]) {
      if (!isDeliverable(stretch.value)) continue;
      this.#runs.set(stretch.first, stretch.last, { kind: 'archived', count: stretch.value?.count ?? 0 });
    }
    this.#endOffset = Math.max(this.#endOffset, last + 1);
    this.#advance();
  }

  /** What is before an offset is not in the log any more. */
  trim(logStartOffset: number): void {
    if (logStartOffset <= this.#startOffset) return;
    this.#runs.dropBefore(logStartOffset);
    this.#startOffset = logStartOffset;
    this.#endOffset = Math.max(this.#endOffset, logStartOffset);
    this.#advance();
  }

  /**
   * Takes what a member says of records that it has: all of it, or nothing where something is wrong.
   *
   * @param renewedUntilMs the new end of the locks that the member asks for again.
   * @throws BrokerError `INVALID_REQUEST`, `INVALID_RECORD_STATE`.
   */
  acknowledge(
    memberId: string,
    acknowledgements: readonly Acknowledgement[],
    { deliveriesMax, renewedUntilMs }: WindowLimits & { readonly renewedUntilMs: number },
  ): StateBatch[] {
    const moves: Move[] = [];
    for (const { firstOffset, lastOffset, types } of acknowledgements) {
      // What is done with needs no word any more.
      if (lastOffset < this.#startOffset) continue;
      this.#checkReached(firstOffset, lastOffset);
      const stretches = [...this.stretches(firstOffset, lastOffset)].map((one) => ownedBy(memberId, one));
      const limits = { deliveriesMax, renewedUntilMs };
      if (types.length === 1) {
        for (const stretch of stretches) moves.push({ ...stretch, value: after(types[0]!, stretch.value, limits) });
        continue;
      }
      for (const { first, last, value } of stretches) {
        for (let from = first; from <= last; ) {
          const type = types[from - firstOffset]!;
          let to = from;
          while (to < last && types[to + 1 - firstOffset] === type) to += 1;
          moves.push({ first: from, last: to, value: after(type, value, limits) });
          from = to + 1;
        }
      }
    }
    return this.#apply(moves);
  }

  /** Takes back what a member has. */
  release(memberId: string, limits: WindowLimits): StateBatch[] {
    return this.#takeBack(limits, (taken) => taken.memberId === memberId);
  }

  /** Takes back what members have had for too long. */
  expire(nowMs: number, limits: WindowLimits): StateBatch[] {
    return this.#takeBack(limits, (taken) => taken.untilMs <= nowMs);
  }

  #takeBack({ deliveriesMax }: WindowLimits, isMeant: (taken: Extract<Delivery, { kind: 'acquired' }>) => boolean) {
    const moves: Move[] = [];
    for (const { first, last, value } of this.#runs) {
      if (value.kind === 'acquired' && isMeant(value))
        moves.push({ first, last, value: released(value, deliveriesMax) });
    }
    return this.#apply(moves);
  }

  /** @throws BrokerError `INVALID_REQUEST` where offsets were not looked at yet. */
  #checkReached(first: number, last: number): void {
    if (last < this.#endOffset) return;
    const which = first >= this.#endOffset ? 'first' : 'last';
    throw new BrokerError(
      'INVALID_REQUEST',
      `Batch record not found. The ${which} offset in request is past acquired records.`,
    );
  }

  #apply(moves: readonly Move[]): StateBatch[] {
    const stored = new OffsetRuns<StoredDelivery>(
      (left, right) => left.state === right.state && left.count === right.count,
    );
    for (const { first, last, value } of moves) {
      this.#runs.set(first, last, value);
      if (value.kind !== 'acquired') stored.set(first, last, { state: value.kind, count: value.count });
    }
    this.#advance();
    return [...stored];
  }

  /** What is done with at the beginning leaves the window. */
  #advance(): void {
    const before = this.#startOffset;
    for (const { last, value } of this.#runs.between(this.#startOffset, this.#endOffset - 1)) {
      if (value === undefined || !isDone(value)) break;
      this.#startOffset = last + 1;
    }
    if (this.#startOffset !== before) this.#runs.dropBefore(this.#startOffset);
  }
}

/** Whether a record may be delivered: it was given back, or never delivered. */
export function isDeliverable(delivery: Delivery | undefined): boolean {
  return delivery === undefined || delivery.kind === 'available';
}

function isDone({ kind }: Delivery): boolean {
  return kind === 'acknowledged' || kind === 'archived';
}

type Taken = { readonly first: number; readonly last: number; readonly value: Extract<Delivery, { kind: 'acquired' }> };

/** @throws BrokerError `INVALID_RECORD_STATE` where the member has not what it speaks of. */
function ownedBy(memberId: string, { first, last, value }: DeliveryStretch): Taken {
  if (value?.kind !== 'acquired') {
    throw new BrokerError(
      'INVALID_RECORD_STATE',
      'The batch cannot be acknowledged. The batch is not in the acquired state.',
    );
  }
  if (value.memberId !== memberId) {
    throw new BrokerError('INVALID_RECORD_STATE', 'Member is not the owner of batch record');
  }
  return { first, last, value };
}

function after(
  type: number,
  taken: Extract<Delivery, { kind: 'acquired' }>,
  { deliveriesMax, renewedUntilMs }: WindowLimits & { readonly renewedUntilMs: number },
): Delivery {
  switch (type) {
    case ACKNOWLEDGE_TYPE.accept:
      return { kind: 'acknowledged', count: taken.count };
    case ACKNOWLEDGE_TYPE.release:
      return released(taken, deliveriesMax);
    case ACKNOWLEDGE_TYPE.renew:
      return { ...taken, untilMs: renewedUntilMs };
    default:
      return { kind: 'archived', count: taken.count };
  }
}

/** A record that comes back is delivered again, but for one that was delivered as often as it may be. */
function released({ count }: Delivery, deliveriesMax: number): Delivery {
  return { kind: count >= deliveriesMax ? 'archived' : 'available', count };
}

function isSame(left: Delivery, right: Delivery): boolean {
  if (left.kind !== right.kind || left.count !== right.count) return false;
  if (left.kind !== 'acquired' || right.kind !== 'acquired') return true;
  return left.memberId === right.memberId && left.untilMs === right.untilMs;
}
