import { type OffsetRun, OffsetRuns } from '../../lib/offset-runs.ts';

/** One partition as one share group reads it. */
export type SharePartitionKey = { readonly groupId: string; readonly topicId: string; readonly partition: number };

/**
 * How far the delivery of a record is: it may be delivered (`available`), was consumed (`acknowledged`), or will never be
 * consumed (`archived`). Who has it at the moment is not stored: after a crash nobody has it.
 */
export type StoredDeliveryState = 'available' | 'acknowledged' | 'archived';

export type StoredDelivery = { readonly state: StoredDeliveryState; readonly count: number };

/** A range of offsets that have the same delivery. */
export type StateBatch = OffsetRun<StoredDelivery>;

/** The start offset of a group that has not begun to read. */
export const NO_START = -1;

/** All of it, as a snapshot has it. */
export type ShareSnapshot = {
  readonly snapshotEpoch: number;
  /** Raised when the start is set anew: what was known before does not count any more. */
  readonly stateEpoch: number;
  readonly leaderEpoch: number;
  readonly startOffset: number;
  readonly createdMs: number;
  readonly writtenMs: number;
  readonly batches: readonly StateBatch[];
};

/** What changed since. */
export type ShareUpdate = {
  readonly snapshotEpoch: number;
  readonly leaderEpoch: number;
  /** −1 where it stays. */
  readonly startOffset: number;
  readonly batches: readonly StateBatch[];
};

/** What is stored of a partition that a share group reads. Only replayed records change it. */
export class StoredPartition {
  #snapshot: ShareSnapshot;
  #snapshotOffset: number;
  #deliveries: OffsetRuns<StoredDelivery>;
  #startOffset: number;
  #leaderEpoch: number;
  #updates = 0;

  /** @param snapshotOffset where the snapshot lies in its log. */
  constructor(snapshot: ShareSnapshot, snapshotOffset: number) {
    this.#snapshot = snapshot;
    this.#snapshotOffset = snapshotOffset;
    this.#deliveries = new OffsetRuns(isSameDelivery, snapshot.batches);
    this.#startOffset = snapshot.startOffset;
    this.#leaderEpoch = snapshot.leaderEpoch;
  }

  get stateEpoch(): number {
    return this.#snapshot.stateEpoch;
  }

  get snapshotEpoch(): number {
    return this.#snapshot.snapshotEpoch;
  }

  /** Before this offset of its log nothing of it is needed any more. */
  get snapshotOffset(): number {
    return this.#snapshotOffset;
  }

  /** Updates since the last snapshot. */
  get updates(): number {
    return this.#updates;
  }

  /** The first offset that is not done with; −1 before the group begins to read. */
  get startOffset(): number {
    return this.#startOffset;
  }

  get leaderEpoch(): number {
    return this.#leaderEpoch;
  }

  /** The offset after the last that was delivered, or is done with. */
  get endOffset(): number {
    return Math.max(this.#startOffset, (this.#deliveries.last?.last ?? NO_START) + 1);
  }

  /** In ascending order, from the start offset on; what has none was not delivered yet. */
  get batches(): Iterable<StateBatch> {
    return this.#deliveries;
  }

  /** Offsets from the start on that are done with. */
  get completeCount(): number {
    return completeCount(this.#deliveries);
  }

  apply({ leaderEpoch, startOffset, batches }: ShareUpdate): void {
    this.#updates += 1;
    this.#leaderEpoch = Math.max(this.#leaderEpoch, leaderEpoch);
    for (const { first, last, value } of batches) this.#deliveries.set(first, last, value);
    if (startOffset === NO_START) return;
    this.#startOffset = startOffset;
    this.#deliveries.dropBefore(startOffset);
  }

  /** A later snapshot of the same state epoch says all again: what was before it is not needed any more. */
  renew(snapshot: ShareSnapshot, snapshotOffset: number): void {
    this.#snapshot = snapshot;
    this.#snapshotOffset = snapshotOffset;
    this.#deliveries = new OffsetRuns(isSameDelivery, snapshot.batches);
    this.#startOffset = snapshot.startOffset;
    this.#leaderEpoch = snapshot.leaderEpoch;
    this.#updates = 0;
  }

  /** All of it, to be written anew. */
  snapshot(writtenMs: number): ShareSnapshot {
    return {
      snapshotEpoch: this.snapshotEpoch + 1,
      stateEpoch: this.stateEpoch,
      leaderEpoch: this.#leaderEpoch,
      startOffset: this.#startOffset,
      createdMs: this.#snapshot.createdMs,
      writtenMs,
      batches: [...this.#deliveries],
    };
  }

  /** All of it as it will be after an update, to be written instead of that. */
  snapshotAfter(update: ShareUpdate, writtenMs: number): ShareSnapshot {
    const after = new StoredPartition({ ...this.snapshot(writtenMs), snapshotEpoch: this.snapshotEpoch }, 0);
    after.apply(update);
    return after.snapshot(writtenMs);
  }
}

/** Offsets that are done with. */
export function completeCount(batches: Iterable<StateBatch>): number {
  let count = 0;
  for (const { first, last, value } of batches) if (value.state !== 'available') count += last - first + 1;
  return count;
}

function isSameDelivery(left: StoredDelivery, right: StoredDelivery): boolean {
  return left.state === right.state && left.count === right.count;
}
