import path from 'node:path';
import type { Logger } from '@millrace/base';
import type { Files } from '../storage/files.ts';
import { damagedAborted } from './aborted-checkpoint.ts';
import { recoverSwaps } from './compaction/segment-swap.ts';
import type { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import { ProducerState } from './producer-state.ts';
import { Segment } from './segment.ts';
import { baseOffsetOf, DELETED_SUFFIX, segmentFileName } from './segment-files.ts';
import { readMarker } from './transaction-marker.ts';

/** Snapshots of producer state kept for a partition: the newest, and one more in case that it is damaged. */
const SNAPSHOTS_KEPT = 2;

export type OpenedLog = {
  /** In order; never empty. */
  readonly segments: Segment[];
  readonly producers: ProducerState;
  readonly nextOffset: number;
};

export type OpenOptions = {
  readonly files: Files;
  readonly logger: Logger;
  readonly epochs: LeaderEpochs;
  readonly folder: string;
  readonly config: LogConfig;
  /** Records before this offset are known to be on the device and whole. */
  readonly recoveryPoint: number;
  /** Whether the broker stopped in good order, so that no file is torn. */
  readonly isClean: boolean;
  /** Where an empty log begins. */
  readonly startOffset: number;
};

/**
 * Opens the segments of a partition. After a clean stop only the end of the last segment is looked at. After a crash
 * every segment from the recovery point on is read and checked, the first damaged batch ends the log, its indexes are
 * made anew, and what comes after it is removed.
 */
export function openLog(options: OpenOptions): OpenedLog {
  const { files, folder, config } = options;
  files.makeFolder(folder);
  for (const name of files.list(folder)) if (name.endsWith(DELETED_SUFFIX)) files.remove(path.join(folder, name));
  recoverSwaps(files, folder);
  const baseOffsets = files
    .list(folder)
    .map((name) => baseOffsetOf(name, 'log'))
    .filter((offset) => offset !== null);
  if (baseOffsets.length === 0) baseOffsets.push(options.startOffset);
  const { indexIntervalBytes } = config;
  const segments = baseOffsets.map((baseOffset) => new Segment({ files, folder, baseOffset, indexIntervalBytes }));
  if (options.isClean) {
    const nextOffset = segments.at(-1)!.resume();
    mendAborted(options, segments);
    return { segments, producers: restoreProducers(options, segments, nextOffset), nextOffset };
  }
  const { nextOffset, recoveredFrom } = recoverSegments(segments, options);
  mendAborted(
    options,
    segments.filter(({ baseOffset }) => baseOffset < recoveredFrom),
  );
  // From where segments were recovered, the batches are gone through again: they fill the emptied transaction indexes.
  const producers = restoreProducers(options, segments, nextOffset, recoveredFrom);
  for (const segment of segments) if (segment.baseOffset >= recoveredFrom) segment.saveIndexes();
  return { segments, producers, nextOffset };
}

/** Makes lost or damaged transaction indexes anew, which takes a look at all that was written before. */
function mendAborted({ files, folder, logger }: OpenOptions, segments: readonly Segment[]): void {
  const damaged = damagedAborted(files, folder, segments);
  if (damaged.length === 0) return;
  logger.warn('transaction indexes were damaged and are made anew', { folder, count: damaged.length });
  for (const segment of damaged) segment.transactionIndex.clear();
  const producers = new ProducerState();
  for (const segment of segments.slice(0, segments.indexOf(damaged.at(-1)!) + 1)) {
    replay(producers, segment, segment.baseOffset, damaged.includes(segment));
  }
  for (const segment of damaged) segment.saveIndexes();
}

/** Lets producers go through the batches of a segment again, and enters the transactions that were aborted there. */
function replay(producers: ProducerState, segment: Segment, from: number, entersAborted: boolean): void {
  segment.scan(from, segment.sizeBytes, (header, _position, bytes, at) => {
    const marker = header.isControl ? readMarker(bytes, at, header.sizeInBytes) : null;
    const ended = producers.note(header, marker);
    if (entersAborted && ended?.isAborted === true) segment.transactionIndex.append(ended);
    return true;
  });
}

function recoverSegments(
  segments: Segment[],
  { folder, recoveryPoint, logger, epochs }: OpenOptions,
): { readonly nextOffset: number; readonly recoveredFrom: number } {
  let first = segments.findLastIndex((segment) => segment.baseOffset <= recoveryPoint);
  if (first < 0) first = 0;
  const recoveredFrom = segments[first]!.baseOffset;
  let nextOffset = recoveredFrom;
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index]!;
    const sizeBytes = segment.sizeBytes;
    // A power cut may have taken the file of epochs: who read in one of them must still be told where it ended.
    nextOffset = segment.recover((header) => epochs.note(header.partitionLeaderEpoch, header.baseOffset));
    const following = segments[index + 1]?.baseOffset ?? nextOffset;
    // Above the recovery point nothing was compacted: a gap there is what a power cut took of a segment's end.
    const isHole = following > nextOffset && following > recoveryPoint;
    if (segment.sizeBytes === sizeBytes && !isHole) continue;
    const beyond = segments.splice(index + 1);
    const cutBytes = sizeBytes - segment.sizeBytes;
    const removedSegments = beyond.length;
    logger.warn('a log was cut after its last whole batch', { folder, nextOffset, cutBytes, removedSegments });
    for (const removed of beyond) removed.delete();
  }
  return { nextOffset, recoveredFrom };
}

/**
 * The newest good snapshot of at most an offset, and what was appended after it; transactions that were aborted there and
 * are missing in the indexes are entered.
 */
export function restoreProducers(
  { files, folder }: Pick<OpenOptions, 'files' | 'folder'>,
  segments: readonly Segment[],
  nextOffset: number,
  snapshotOffsetMax: number = nextOffset,
): ProducerState {
  const producers = new ProducerState();
  let from = segments[0]!.baseOffset;
  for (const offset of snapshotOffsets(files, folder).reverse()) {
    if (offset <= nextOffset && offset > snapshotOffsetMax) continue;
    const file = path.join(folder, segmentFileName(offset, 'snapshot'));
    const bytes = offset <= nextOffset ? files.readWhole(file) : null;
    if (bytes !== null && producers.restore(bytes)) {
      from = Math.max(from, offset);
      break;
    }
    // Damaged, or of a part of the log that is gone.
    files.remove(file);
  }
  if (from >= nextOffset) return producers;
  segments.forEach((segment, index) => {
    const end = segments[index + 1]?.baseOffset ?? nextOffset;
    if (end <= from) return;
    replay(producers, segment, Math.max(from, segment.baseOffset), true);
  });
  return producers;
}

/** Saves producer state as of an offset and removes what newer snapshots make needless. */
export function saveProducers(files: Files, folder: string, producers: ProducerState, offset: number): void {
  const offsets = snapshotOffsets(files, folder);
  for (const old of offsets.slice(0, Math.max(0, offsets.length + 1 - SNAPSHOTS_KEPT))) {
    if (old !== offset) files.remove(path.join(folder, segmentFileName(old, 'snapshot')));
  }
  // Not synced, for clients wait meanwhile: the log tells what a power cut takes.
  files.replace(path.join(folder, segmentFileName(offset, 'snapshot')), producers.encode(), { sync: false });
}

function snapshotOffsets(files: Files, folder: string): number[] {
  return files
    .list(folder)
    .map((name) => baseOffsetOf(name, 'snapshot'))
    .filter((offset) => offset !== null);
}
