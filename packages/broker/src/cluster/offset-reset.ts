/** Where a group begins to read a partition of which nothing is known yet. */
export type OffsetReset =
  | { readonly kind: 'earliest' | 'latest' }
  /** With the first record that is not older. */
  | { readonly kind: 'by-duration'; readonly durationMs: number };

const BY_DURATION = 'by_duration:';

/** Java's form of ISO 8601 durations: days, hours, minutes and seconds, each with its own sign if need be. */
const DURATION = /^([+-]?)P(?:([+-]?\d+)D)?(T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+(?:[.,]\d{0,9})?)S)?)?$/i;

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Null for a text that says none. */
export function parseOffsetReset(text: string): OffsetReset | null {
  if (text === 'earliest' || text === 'latest') return { kind: text };
  if (!text.startsWith(BY_DURATION)) return null;
  const durationMs = parseDuration(text.slice(BY_DURATION.length));
  return durationMs === null || durationMs < 0 ? null : { kind: 'by-duration', durationMs };
}

function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [, sign, days, time, hours, minutes, seconds] = match;
  const isEmptyTime = time !== undefined && hours === undefined && minutes === undefined && seconds === undefined;
  if (isEmptyTime || (days === undefined && time === undefined)) return null;
  const times = (count: string | undefined, unitMs: number): number =>
    Number((count ?? '0').replace(',', '.')) * unitMs;
  const totalMs = times(days, DAY_MS) + times(hours, HOUR_MS) + times(minutes, MINUTE_MS) + times(seconds, SECOND_MS);
  return sign === '-' ? -totalMs : totalMs;
}
