import path from 'node:path';
import type { Files } from '../storage/files.ts';
import { readCheckpointLines, writeCheckpointLines } from './checkpoints.ts';
import type { Segment } from './segment.ts';

const FILE = 'txnindex-checkpoint';

/**
 * What the transaction indexes of a log should hold, by a checksum for each segment that has aborted transactions. The
 * other indexes can be held against the log whenever they are used; a transaction that is missing in this one would only
 * show as records that nobody should have read.
 */
export function saveAbortedCheckpoint(files: Files, folder: string, segments: readonly Segment[]): void {
  const file = path.join(folder, FILE);
  const lines = segments
    .filter(({ transactionIndex }) => transactionIndex.count > 0)
    .map(({ baseOffset, transactionIndex }) => `${baseOffset} ${transactionIndex.checksum()}`);
  if (lines.length === 0 && !files.exists(file)) return;
  writeCheckpointLines(files, file, lines, { sync: false });
}

/** The segments whose transaction index is not what it was when it was last saved. */
export function damagedAborted(files: Files, folder: string, segments: readonly Segment[]): readonly Segment[] {
  const checksums = new Map(
    readCheckpointLines(files, path.join(folder, FILE), 2).map(([offset, sum]) => [Number(offset), Number(sum)]),
  );
  return segments.filter(({ baseOffset, transactionIndex }) => {
    const checksum = checksums.get(baseOffset);
    return checksum !== undefined && checksum !== transactionIndex.checksum();
  });
}
