import type { Segment } from '../segment.ts';

/** Offsets and positions in an index are relative to the segment and take 31 bits. */
const RELATIVE_MAX = 2 ** 31 - 1;

/**
 * Neighbours that become one segment: compaction makes segments small, and thousands of small ones would be as dear as
 * what it saves. A group is at most as large as one segment may be; the offset after it is `endOffset` or the next
 * group's first.
 */
export function groupSegments(
  segments: readonly Segment[],
  { segmentBytes, endOffset }: { readonly segmentBytes: number; readonly endOffset: number },
): Segment[][] {
  const groups: Segment[][] = [];
  let sizeBytes = 0;
  segments.forEach((segment, index) => {
    const group = groups.at(-1);
    const nextOffset = segments[index + 1]?.baseOffset ?? endOffset;
    const fits =
      group !== undefined &&
      sizeBytes + segment.sizeBytes <= Math.min(segmentBytes, RELATIVE_MAX) &&
      nextOffset - group[0]!.baseOffset <= RELATIVE_MAX;
    if (fits) {
      group.push(segment);
      sizeBytes += segment.sizeBytes;
    } else {
      groups.push([segment]);
      sizeBytes = segment.sizeBytes;
    }
  });
  return groups;
}
