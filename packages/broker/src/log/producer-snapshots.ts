import path from 'node:path';
import type { RecordBatchHeader } from '@millrace/protocol';
import type { Files } from '../storage/files.ts';
import { ProducerState } from './producer-state.ts';
import type { Segment } from './segment.ts';
import { baseOffsetOf, segmentFileName } from './segment-files.ts';
import { readMarker } from './transaction-marker.ts';

/** Snapshots of producer state kept for a partition: the newest, and one more in case that it is damaged. */
const SNAPSHOTS_KEPT = 2;

export type SnapshotFolder = { readonly files: Files; readonly folder: string };

/**
 * The producers as they were at an offset: the newest good snapshot of at most it, and what was appended after that;
 * transactions that were aborted there and are missing in the indexes are entered.
 */
export function restoreProducers(
  { files, folder }: SnapshotFolder,
  segments: readonly Segment[],
  endOffset: number,
): ProducerState {
  const producers = new ProducerState();
  let from = segments[0]!.baseOffset;
  for (const offset of snapshotOffsets(files, folder).reverse()) {
    if (offset > endOffset) continue;
    const file = path.join(folder, segmentFileName(offset, 'snapshot'));
    const bytes = files.readWhole(file);
    if (bytes !== null && producers.restore(bytes)) {
      from = Math.max(from, offset);
      break;
    }
    files.remove(file);
  }
  segments.forEach((segment, index) => {
    const nextOffset = segments[index + 1]?.baseOffset ?? endOffset;
    if (nextOffset <= from || segment.baseOffset >= endOffset) return;
    replay(producers, segment, Math.max(from, segment.baseOffset), true);
  });
  return producers;
}

/** Lets producers go through the batches of a segment again, and enters the transactions that were aborted there. */
export function replay(producers: ProducerState, segment: Segment, from: number, entersAborted: boolean): void {
  segment.scan(from, segment.sizeBytes, (header, _position, bytes, at) => {
    noteAgain(producers, { header, bytes, at }, entersAborted ? segment : null);
    return true;
  });
}

/** A batch in some bytes. */
export type PlacedBatch = { readonly header: RecordBatchHeader; readonly bytes: Uint8Array; readonly at: number };

/** Notes a batch that is in the log, and enters the transaction that it aborts into the segment's index. */
export function noteAgain(
  producers: ProducerState,
  { header, bytes, at }: PlacedBatch,
  aborted: Pick<Segment, 'transactionIndex'> | null,
): void {
  if (header.producerId < 0) return;
  const marker = header.isControl ? readMarker(bytes, at, header.sizeInBytes) : null;
  const ended = producers.note(header, marker);
  if (ended?.isAborted === true) aborted?.transactionIndex.append(ended);
}

/** Saves producer state as of an offset and removes what newer snapshots make needless. */
export function saveProducers({ files, folder }: SnapshotFolder, producers: ProducerState, offset: number): void {
  const offsets = snapshotOffsets(files, folder);
  for (const old of offsets.slice(0, Math.max(0, offsets.length + 1 - SNAPSHOTS_KEPT))) {
    if (old !== offset) files.remove(path.join(folder, segmentFileName(old, 'snapshot')));
  }
  // Not synced, for clients wait meanwhile: the log tells what a power cut takes.
  files.replace(path.join(folder, segmentFileName(offset, 'snapshot')), producers.encode(), { sync: false });
}

/** Removes the snapshots of a part of the log that is gone. */
export function removeSnapshotsAfter({ files, folder }: SnapshotFolder, endOffset: number): void {
  for (const offset of snapshotOffsets(files, folder)) {
    if (offset > endOffset) files.remove(path.join(folder, segmentFileName(offset, 'snapshot')));
  }
}

function snapshotOffsets(files: Files, folder: string): number[] {
  return files
    .list(folder)
    .map((name) => baseOffsetOf(name, 'snapshot'))
    .filter((offset) => offset !== null);
}
