import { RecordCursor } from '@millrace/protocol';
import type { Segment } from './segment.ts';

export type FoundTimestamp = { readonly timestamp: number; readonly offset: number };

/** The readable part of a log, as a search sees it. */
export type SearchedLog = {
  readonly logStartOffset: number;
  readonly highWatermark: number;
};

/** The first record with at least this timestamp in offset order, as ListOffsets means it; null without one. */
export function findTimestamp(
  log: SearchedLog,
  timestamp: number,
  segments: readonly Segment[],
): FoundTimestamp | null {
  for (const segment of segments) {
    if ((segment.newest?.timestamp ?? -1) < timestamp) continue;
    const from = Math.max(segment.offsetFor(timestamp), log.logStartOffset);
    const found = findInSegment(log, segment, from, (candidate) => candidate >= timestamp);
    if (found !== null) return found;
  }
  return null;
}

/** The record with the greatest timestamp, the first of several (KIP-734). */
export function findNewest(log: SearchedLog, segments: readonly Segment[]): FoundTimestamp | null {
  let newest: Segment | null = null;
  for (const segment of segments) {
    if (segment.newest !== null && segment.newest.timestamp > (newest?.newest?.timestamp ?? -1)) newest = segment;
  }
  if (newest === null) return null;
  const { timestamp } = newest.newest!;
  return findTimestamp(log, timestamp, [newest]);
}

function findInSegment(
  log: SearchedLog,
  segment: Segment,
  fromOffset: number,
  accepts: (timestamp: number) => boolean,
): FoundTimestamp | null {
  let found: FoundTimestamp | null = null;
  segment.scan(fromOffset, segment.sizeBytes, (header, _position, bytes, at) => {
    if (header.baseOffset >= log.highWatermark) return false;
    if (!accepts(header.maxTimestamp)) return true;
    const cursor = new RecordCursor(bytes, { start: at, end: at + header.sizeInBytes, includeControl: true });
    while (found === null && cursor.next()) {
      if (cursor.offset < log.logStartOffset || !accepts(cursor.timestamp)) continue;
      found = { timestamp: cursor.timestamp, offset: cursor.offset };
    }
    return found === null;
  });
  return found;
}
