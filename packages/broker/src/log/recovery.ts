import path from 'node:path';
import type { Logger } from '@millrace/base';
import type { Files } from '../storage/files.ts';
import { damagedAborted } from './aborted-checkpoint.ts';
import { recoverSwaps } from './compaction/segment-swap.ts';
import type { LeaderEpochs } from './leader-epochs.ts';
import type { LogConfig } from './log-config.ts';
import { noteAgain, removeSnapshotsAfter, replay, restoreProducers } from './producer-snapshots.ts';
import { ProducerState } from './producer-state.ts';
import { Segment } from './segment.ts';
import { baseOffsetOf, DELETED_SUFFIX } from './segment-files.ts';

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
 * every segment from the recovery point on is read once and checked, the first damaged batch ends the log, indexes and
 * producers are made anew on the way, and what comes after it is removed.
 *
 * @throws BrokerError `KAFKA_STORAGE_ERROR` for damage that no crash explains.
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
  if (!options.isClean) return recoverLog(segments, options);
  const nextOffset = segments.at(-1)!.resume();
  mendAborted(options, segments);
  return { segments, producers: restoreProducers(options, segments, nextOffset), nextOffset };
}

function recoverLog(segments: Segment[], options: OpenOptions): OpenedLog {
  const { recoveryPoint, epochs } = options;
  const first = Math.max(
    0,
    segments.findLastIndex((segment) => segment.baseOffset <= recoveryPoint),
  );
  const whole = segments.slice(0, first);
  mendAborted(options, whole);
  let nextOffset = segments[first]!.baseOffset;
  const producers = restoreProducers(options, segments, nextOffset);
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index]!;
    const sizeBytes = segment.sizeBytes;
    nextOffset = segment.recover((header, _position, bytes, at) => {
      // A power cut may have taken the file of epochs: who read in one of them must still be told where it ended.
      if (header.baseOffset === segments[first]!.baseOffset)
        noteEpochsBefore(whole, epochs, header.partitionLeaderEpoch);
      epochs.note(header.partitionLeaderEpoch, header.baseOffset);
      noteAgain(producers, { header, bytes, at }, segment);
    });
    segment.saveIndexes();
    const following = segments[index + 1]?.baseOffset ?? nextOffset;
    // Above the recovery point nothing was compacted: a gap there is what a power cut took of a segment's end.
    const isHole = following > nextOffset && following > recoveryPoint;
    if (segment.sizeBytes < sizeBytes || isHole) cutAfter(index, segments, sizeBytes - segment.sizeBytes, options);
  }
  removeSnapshotsAfter(options, nextOffset);
  return { segments, producers, nextOffset };
}

/** Looks for epochs in what was written before the recovery point, when the file of epochs does not know of this one. */
function noteEpochsBefore(whole: readonly Segment[], epochs: LeaderEpochs, epoch: number): void {
  const { latest } = epochs;
  if (latest !== null && latest.epoch >= epoch) return;
  const from = latest?.startOffset ?? 0;
  whole.forEach((segment, index) => {
    const isBefore = (whole[index + 1]?.baseOffset ?? Number.POSITIVE_INFINITY) <= from;
    if (isBefore) return;
    segment.scan(segment.baseOffset, segment.sizeBytes, (header) => {
      epochs.note(header.partitionLeaderEpoch, header.baseOffset);
      return true;
    });
  });
}

function cutAfter(index: number, segments: Segment[], cutBytes: number, { folder, logger }: OpenOptions): void {
  const beyond = segments.splice(index + 1);
  logger.warn('a log was cut after its last whole batch', { folder, cutBytes, removedSegments: beyond.length });
  for (const removed of beyond) removed.delete();
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
