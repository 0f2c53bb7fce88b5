import { assert } from '@millrace/base';
import { type RecordBatchHeader, RecordCursor, readBatchHeader } from '@millrace/protocol';
import type { PartitionLog } from '../partition-log.ts';
import type { Segment } from '../segment.ts';
import { readMarker } from '../transaction-marker.ts';
import { type CleaningRules, cleanBatch } from './clean-batch.ts';
import type { Cleanable } from './cleanable.ts';
import { CleanedTransactions } from './cleaned-transactions.ts';
import { KeyOffsets } from './key-offsets.ts';
import { groupSegments } from './segment-groups.ts';

/** Log that is read in one turn of the event loop: a millisecond or two of work. */
const SLICE_BYTES = 256 * 1024;

/** For how many bytes of memory a byte of log may ask: it may be compressed. */
const MEMORY_PER_LOG_BYTE_MAX = 8;
const MEMORY_BYTES_MIN = 256 * 1024;

/** The compaction ended early: the log was closed, or a segment that was being read is gone. Nothing is wrong. */
export class CompactionStopped extends Error {}

export type CompactionJob = {
  readonly nowMs: number;
  /** What the offsets of keys may take. */
  readonly memoryBytesMax: number;
  readonly seed: number;
  /** Lets the event loop go on, after so many bytes were read or written. Throws when the compaction is to end. */
  readonly breathe: (bytes: number) => Promise<void>;
};

/**
 * Compacts a log once, in slices between which the event loop serves everybody else: notes the newest offset of each key
 * of the dirty part, as far as the memory goes, and then writes every segment before the end of that part anew without
 * the records that are superseded. Answers the offset up to which the log is clean now.
 *
 * @throws BrokerError `KAFKA_STORAGE_ERROR` when a batch is damaged; the file system's errors; what `breathe` throws.
 *   The log is as it was then, or as it is after some of its segments were exchanged.
 */
export async function compactLog(log: PartitionLog, cleanable: Cleanable, job: CompactionJob): Promise<number> {
  const { offsets, latestOffset } = await findOffsets(log, cleanable, job);
  const segments = log.segments.filter(({ baseOffset }) => baseOffset <= latestOffset);
  assert(segments.at(-1) !== log.segments.at(-1), 'the active segment is not compacted');
  const groups = groupSegments(segments, { segmentBytes: log.config.segmentBytes, endOffset: cleanable.endOffset });
  const transactions = new CleanedTransactions(log.abortedTransactions(segments[0]!.baseOffset, cleanable.endOffset));
  const { nowMs } = job;
  const { deleteRetentionMs } = log.config;
  for (const group of groups) {
    const cleaned = log.makeCleaned(group[0]!.baseOffset);
    const lastRecords = log.lastRecords();
    const onAborted: CleaningRules['onAborted'] = (aborted) => cleaned.transactionIndex.append(aborted);
    const rules = { offsets, latestOffset, transactions, lastRecords, nowMs, deleteRetentionMs, onAborted };
    try {
      for (const segment of group) await cleanSegment(log, segment, cleaned, rules, job);
      cleaned.saveIndexes();
      await cleaned.sync();
      if (!group.every((segment) => log.holds(segment))) throw new CompactionStopped();
    } catch (error) {
      cleaned.delete();
      throw error;
    }
    log.replaceSegments(group, cleaned);
  }
  return latestOffset + 1;
}

type FoundOffsets = { readonly offsets: KeyOffsets; readonly latestOffset: number };

/** The newest offset of each key of the dirty part, as far as the memory goes: at least for the first batch of it. */
async function findOffsets(log: PartitionLog, cleanable: Cleanable, job: CompactionJob): Promise<FoundOffsets> {
  assert(cleanable.dirtyBytes > 0, 'there is something to compact');
  const wantedBytes = Math.max(MEMORY_BYTES_MIN, cleanable.dirtyBytes * MEMORY_PER_LOG_BYTE_MAX);
  for (let bytes = Math.min(job.memoryBytesMax, wantedBytes); ; bytes *= 2) {
    const offsets = new KeyOffsets(bytes, job.seed);
    const latestOffset = await noteKeys(log, cleanable, offsets, job);
    // Without all keys of a batch its tombstones might go before what they are to take away.
    if (latestOffset >= cleanable.firstDirtyOffset) return { offsets, latestOffset };
  }
}

/** Notes the keys of whole batches until the dirty part ends or the memory is full. Answers the last offset of them. */
async function noteKeys(
  log: PartitionLog,
  { firstDirtyOffset, endOffset }: Cleanable,
  offsets: KeyOffsets,
  job: CompactionJob,
): Promise<number> {
  const transactions = new CleanedTransactions(log.abortedTransactions(firstDirtyOffset, endOffset));
  let latestOffset = firstDirtyOffset - 1;
  let isFull = false;
  const segments = [...log.segments];
  for (const [index, segment] of segments.entries()) {
    const nextOffset = segments[index + 1]?.baseOffset ?? endOffset;
    if (nextOffset <= firstDirtyOffset || segment.baseOffset >= endOffset) continue;
    await walk(log, segment, job, (header, bytes) => {
      if (header.lastOffset < firstDirtyOffset) return true;
      isFull = !noteBatch(header, bytes, transactions, { offsets, firstDirtyOffset });
      if (!isFull) latestOffset = header.lastOffset;
      return !isFull;
    });
    if (isFull) return latestOffset;
    latestOffset = nextOffset - 1;
  }
  return latestOffset;
}

function noteBatch(
  header: RecordBatchHeader,
  bytes: Uint8Array,
  transactions: CleanedTransactions,
  { offsets, firstDirtyOffset }: { readonly offsets: KeyOffsets; readonly firstDirtyOffset: number },
): boolean {
  if (header.isControl) {
    const marker = header.recordCount === 0 ? null : readMarker(bytes, header.position, header.sizeInBytes);
    if (marker !== null) transactions.isMarkerOfNothing(header, marker.kind);
    return true;
  }
  // What was aborted supersedes nothing.
  if (transactions.isAborted(header)) return true;
  const { position, sizeInBytes } = header;
  const cursor = new RecordCursor(bytes, {
    start: position,
    end: position + sizeInBytes,
    fromOffset: firstDirtyOffset,
  });
  while (cursor.next()) {
    if (cursor.keyEnd < 0) continue;
    if (!offsets.set({ bytes: cursor.bytes, start: cursor.keyStart, end: cursor.keyEnd }, cursor.offset)) return false;
  }
  return true;
}

/** Writes what is left of a segment at the end of the cleaned one. */
async function cleanSegment(
  log: PartitionLog,
  segment: Segment,
  cleaned: Segment,
  rules: CleaningRules,
  job: CompactionJob,
): Promise<void> {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const write = (): void => {
    if (pending.length > 0) cleaned.write(pending);
    pending = [];
    pendingBytes = 0;
  };
  const clean = (header: RecordBatchHeader, bytes: Uint8Array): boolean => {
    const batch = cleanBatch(header, bytes, rules);
    if (batch === null) return true;
    cleaned.noteBatch(readBatchHeader(batch), cleaned.sizeBytes + pendingBytes);
    pending.push(batch);
    pendingBytes += batch.byteLength;
    return true;
  };
  const breathe = async (bytes: number): Promise<void> => {
    const written = pendingBytes;
    write();
    await job.breathe(bytes + written);
  };
  await walk(log, segment, { breathe }, clean);
}

/** Walks the batches of a segment in slices, until the visitor answers false; each checksum is looked at. */
async function walk(
  log: PartitionLog,
  segment: Segment,
  { breathe }: Pick<CompactionJob, 'breathe'>,
  visit: (header: RecordBatchHeader, bytes: Uint8Array) => boolean,
): Promise<void> {
  let position = 0;
  let goesOn = true;
  while (goesOn && position < segment.sizeBytes) {
    if (!log.holds(segment)) throw new CompactionStopped();
    const from = position;
    position = segment.walk(from, SLICE_BYTES, (header, bytes) => {
      goesOn = visit(header, bytes);
      return goesOn;
    });
    await breathe(position - from);
  }
}
