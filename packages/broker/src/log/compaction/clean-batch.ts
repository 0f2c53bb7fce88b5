import { type RecordBatchHeader, RecordCursor, rewriteBatch } from '@millrace/protocol';
import type { LastRecord } from '../producer-state.ts';
import type { AbortedTransaction } from '../transaction-index.ts';
import { readMarker } from '../transaction-marker.ts';
import type { CleanedTransactions } from './cleaned-transactions.ts';
import type { KeyOffsets } from './key-offsets.ts';

/** What decides which records of a log stay when it is compacted. */
export type CleaningRules = {
  readonly offsets: KeyOffsets;
  /** Records after this one are not in {@link offsets} yet, and stay. */
  readonly latestOffset: number;
  readonly transactions: CleanedTransactions;
  /** Of each producer that is remembered: its last batch must stay, for its retries to be recognised. */
  readonly lastRecords: ReadonlyMap<number, LastRecord>;
  readonly nowMs: number;
  readonly deleteRetentionMs: number;
  /** An aborted transaction that readers must still leave out. */
  readonly onAborted: (transaction: AbortedTransaction) => void;
};

/**
 * What compaction leaves of a batch: its very bytes, fewer records of it, a header that only tells what its producer last
 * wrote, or null.
 *
 * A record stays that is the newest of its key. A tombstone, and the marker of a transaction of which nothing is left,
 * stay a while longer, for readers who are on their way: the first compaction that meets them stamps into their batch
 * when that time ends (KIP-534), a later one takes them away.
 */
export function cleanBatch(header: RecordBatchHeader, bytes: Uint8Array, rules: CleaningRules): Uint8Array | null {
  const batch = bytes.subarray(header.position, header.position + header.sizeInBytes);
  const { kept, needsHorizon } = header.isControl
    ? keptOfMarker(header, bytes, rules)
    : keptOfBatch(header, bytes, rules);
  const deleteHorizonMs = needsHorizon && !header.hasDeleteHorizon ? rules.nowMs + rules.deleteRetentionMs : null;
  if (kept === 'none' && !isLastOfProducer(header, rules)) return null;
  if (deleteHorizonMs === null && (kept === 'all' || header.recordCount === 0)) return batch;
  const keeps = typeof kept === 'string' ? () => kept === 'all' : (index: number) => kept[index]!;
  return rewriteBatch(bytes, header, { keeps, deleteHorizonMs });
}

type Kept = {
  readonly kept: 'all' | 'none' | readonly boolean[];
  /** Whether something stays that is to go some time later. */
  readonly needsHorizon: boolean;
};

function keptOfMarker(header: RecordBatchHeader, bytes: Uint8Array, rules: CleaningRules): Kept {
  if (header.recordCount === 0) return { kept: 'none', needsHorizon: false };
  const marker = readMarker(bytes, header.position, header.sizeInBytes);
  const marksNothing = marker !== null && rules.transactions.isMarkerOfNothing(header, marker.kind, rules.onAborted);
  return { kept: marksNothing && isHorizonReached(header, rules) ? 'none' : 'all', needsHorizon: marksNothing };
}

function keptOfBatch(header: RecordBatchHeader, bytes: Uint8Array, rules: CleaningRules): Kept {
  if (rules.transactions.isAborted(header)) return { kept: 'none', needsHorizon: false };
  const { position, sizeInBytes } = header;
  const keepsTombstones = !isHorizonReached(header, rules);
  const kept: boolean[] = [];
  let keptCount = 0;
  let needsHorizon = false;
  const cursor = new RecordCursor(bytes, { start: position, end: position + sizeInBytes });
  while (cursor.next()) {
    // A tombstone that was not looked at yet has not taken away what it is to take away.
    const isKnown = cursor.offset <= rules.latestOffset;
    const isTombstone = isKnown && cursor.valueEnd < 0;
    const stays = !isKnown || (isNewest(cursor, rules.offsets) && (!isTombstone || keepsTombstones));
    kept.push(stays);
    if (!stays) continue;
    keptCount += 1;
    if (isTombstone) needsHorizon = true;
  }
  if (keptCount === 0) return { kept: 'none', needsHorizon: false };
  return { kept: keptCount === kept.length ? 'all' : kept, needsHorizon };
}

function isNewest(cursor: RecordCursor, offsets: KeyOffsets): boolean {
  // Nothing supersedes a record without a key, nor does it stand for anything: it was written before the topic was compacted.
  if (cursor.keyEnd < 0) return false;
  return cursor.offset >= offsets.get({ bytes: cursor.bytes, start: cursor.keyStart, end: cursor.keyEnd });
}

function isHorizonReached(header: RecordBatchHeader, { nowMs }: CleaningRules): boolean {
  return header.hasDeleteHorizon && header.baseTimestamp <= nowMs;
}

/** Whether a producer's state hangs on this batch: its last sequence number, or the epoch that its last marker raised. */
function isLastOfProducer(header: RecordBatchHeader, { lastRecords }: CleaningRules): boolean {
  const last = lastRecords.get(header.producerId);
  if (header.producerId < 0 || last === undefined) return false;
  if (last.offset !== null) return header.lastOffset === last.offset;
  return header.isControl && header.producerEpoch === last.producerEpoch;
}
