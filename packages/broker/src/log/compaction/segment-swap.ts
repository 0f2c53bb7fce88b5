import path from 'node:path';
import type { Files } from '../../storage/files.ts';
import { scanBatches } from '../batch-scan.ts';
import { Segment, type SegmentOptions } from '../segment.ts';
import { baseOffsetOf, SEGMENT_EXTENSIONS, segmentFileName } from '../segment-files.ts';

/** A compacted segment that is still being written. */
const CLEANED_SUFFIX = '.cleaned';
/** One that is whole and takes the place of older ones. */
const SWAP_SUFFIX = '.swap';

// Kafka's protocol for the exchange of segments, which survives a crash at any step:
//   1. `B.*.cleaned` are written and synced; a crash leaves files that the next start removes.
//   2. They are renamed to `B.*.swap`, the log last: from then on the exchange is to be finished.
//   3. The old segments are removed, oldest first: what a crash leaves of them are the newest, in which nothing refers
//      to what is gone.
//   4. `B.*.swap` are renamed to `B.*`, again the log last, so that a `.log.swap` tells of the indexes beside it.

/** The files of step 1, empty: all of them are made, so that in step 4 none of an old segment is left. */
export function makeCleaned(options: SegmentOptions): Segment {
  const { files, folder, baseOffset } = options;
  for (const name of fileNames(baseOffset, CLEANED_SUFFIX)) {
    const file = files.open(path.join(folder, name));
    file.truncate(0);
    file.close();
  }
  return new Segment({ ...options, suffix: CLEANED_SUFFIX });
}

/** Step 2. */
export function commitCleaned(files: Files, folder: string, baseOffset: number): void {
  renameAll({ files, folder, baseOffset }, CLEANED_SUFFIX, SWAP_SUFFIX);
  files.syncFolder(folder);
}

/** Step 4. */
export function finishSwap(files: Files, folder: string, baseOffset: number): void {
  renameAll({ files, folder, baseOffset }, SWAP_SUFFIX, '');
  files.syncFolder(folder);
}

/** Brings a folder in order in which a crash interrupted an exchange. */
export function recoverSwaps(files: Files, folder: string): void {
  const names = files.list(folder);
  const suffixed = names.filter((name) => name.endsWith(CLEANED_SUFFIX) || name.endsWith(SWAP_SUFFIX));
  if (suffixed.length === 0) return;
  const committed = suffixed.map((name) => swappedOffset(name)).filter((offset) => offset !== null);
  const keep = new Set(committed.flatMap((offset) => fileNames(offset, SWAP_SUFFIX)));
  for (const name of suffixed) if (!keep.has(name)) files.remove(path.join(folder, name));
  for (const baseOffset of committed) {
    const lastOffset = lastOffsetOf(files, folder, baseOffset);
    for (const old of names.map((name) => baseOffsetOf(name, 'log'))) {
      if (old === null || old < baseOffset || old > lastOffset) continue;
      // Of the segment with the same offset, step 4 may have been taken in part: its new indexes are not old ones.
      if (old === baseOffset) files.remove(path.join(folder, segmentFileName(old, 'log')));
      else for (const name of fileNames(old, '')) files.remove(path.join(folder, name));
    }
    finishSwap(files, folder, baseOffset);
  }
}

type Place = { readonly files: Files; readonly folder: string; readonly baseOffset: number };

function renameAll({ files, folder, baseOffset }: Place, fromSuffix: string, toSuffix: string): void {
  const to = fileNames(baseOffset, toSuffix);
  fileNames(baseOffset, fromSuffix).forEach((name, index) => {
    const from = path.join(folder, name);
    if (files.exists(from)) files.rename(from, path.join(folder, to[index]!));
  });
}

/** The files of a segment, its log last. */
function fileNames(baseOffset: number, suffix: string): string[] {
  return SEGMENT_EXTENSIONS.map((extension) => segmentFileName(baseOffset, extension) + suffix);
}

function swappedOffset(name: string): number | null {
  return name.endsWith(SWAP_SUFFIX) ? baseOffsetOf(name.slice(0, -SWAP_SUFFIX.length), 'log') : null;
}

/** The last offset that a segment waiting to be swapped in stands for; its base offset when nothing was left of it. */
function lastOffsetOf(files: Files, folder: string, baseOffset: number): number {
  const file = files.open(path.join(folder, segmentFileName(baseOffset, 'log') + SWAP_SUFFIX));
  let lastOffset = baseOffset;
  scanBatches(file, { from: 0, to: file.size() }, false, (header) => {
    lastOffset = header.lastOffset;
    return true;
  });
  file.close();
  return lastOffset;
}
