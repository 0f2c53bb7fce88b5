const OFFSET_DIGITS = 20;

/** The files of a segment. The log comes last: what is done to them in this order is done when it is done to the log. */
export const SEGMENT_EXTENSIONS = ['index', 'timeindex', 'txnindex', 'log'] as const;

/** Comes after the name of a file that has left its log and is only still to be removed. */
export const DELETED_SUFFIX = '.deleted';

export function segmentFileName(baseOffset: number, extension: string): string {
  return `${String(baseOffset).padStart(OFFSET_DIGITS, '0')}.${extension}`;
}

/** The base offset in the name of a file, or null when the file is no `.extension` of a segment. */
export function baseOffsetOf(fileName: string, extension: string): number | null {
  const match = /^(\d{20})\.([a-z]+)$/.exec(fileName);
  return match === null || match[2] !== extension ? null : Number(match[1]);
}
