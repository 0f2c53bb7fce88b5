import { MillraceError } from '@millrace/base';

/**
 * A moment in milliseconds since 1970: digits as they are, else an ISO date, with or without time and zone (then UTC).
 *
 * @throws MillraceError `USAGE`.
 */
export function parseTime(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const match = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  const isDateOnly = text.length === 10;
  const zoned = match === null || match[1] !== undefined || isDateOnly ? text : `${text}Z`;
  const timeMs = match === null ? Number.NaN : Date.parse(zoned.replace(' ', 'T').replace(',', '.'));
  if (!Number.isNaN(timeMs)) return timeMs;
  throw new MillraceError('USAGE', `'${text}' is no time: give 2026-01-31T10:00:00, or milliseconds since 1970`);
}

const DURATION = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SIMPLE = /^(\d+)(ms|s|m|h|d)$/;
const UNIT_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/**
 * A duration in milliseconds: ISO 8601, as Kafka's tools take it (`P1DT12H`), or `90s`, `15m`, `2h`, `7d`.
 *
 * @throws MillraceError `USAGE`.
 */
export function parseDuration(text: string): number {
  const simple = SIMPLE.exec(text);
  if (simple !== null) return Number(simple[1]) * UNIT_MS[simple[2] as keyof typeof UNIT_MS];
  const iso = text.length > 2 && !text.endsWith('T') ? DURATION.exec(text.toUpperCase()) : null;
  if (iso === null) throw new MillraceError('USAGE', `'${text}' is no duration: give P1DT12H, 90s, 15m, 2h or 7d`);
  const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
  return weeks! * 7 * UNIT_MS.d + days! * UNIT_MS.d + hours! * UNIT_MS.h + minutes! * UNIT_MS.m + seconds! * UNIT_MS.s;
}
