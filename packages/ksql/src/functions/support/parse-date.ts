import { MillraceError } from '@millrace/base';
import type { Zone } from 'luxon';
import { MONTHS, type Pattern, type PatternField, type PatternPart, WEEKDAYS } from './date-pattern.ts';
import { instantOf, zoneNamed } from './time-zone.ts';

/** What a text said; fields that it did not mention are absent. */
type Fields = {
  year?: number;
  month?: number;
  day?: number;
  dayOfYear?: number;
  hour?: number;
  hour12?: number;
  afternoon?: boolean;
  minute?: number;
  second?: number;
  ms?: number;
  msOfDay?: number;
  zone?: Zone;
};

type Cursor = { readonly text: string; readonly at: number; readonly fields: Fields };

/** Reads a text by a pattern, without regard to case. @throws MillraceError `INVALID_TIME` */
function parseFields(text: string, pattern: Pattern, tail: 'refuse' | 'ignore' = 'refuse'): Fields {
  const end = readParts({ text, at: 0, fields: {} }, pattern);
  if (end === undefined || (end.at !== text.length && tail === 'refuse')) {
    throw new MillraceError('INVALID_TIME', `Text '${text}' could not be parsed by the pattern`);
  }
  return end.fields;
}

function readParts(start: Cursor, parts: readonly PatternPart[]): Cursor | undefined {
  let cursor: Cursor | undefined = start;
  for (const [index, part] of parts.entries()) {
    if (cursor === undefined) return undefined;
    cursor = readPart(cursor, part, isAdjacent(parts[index + 1]));
  }
  return cursor;
}

/** A number that is followed by another has exactly as many digits as its letters. */
const isAdjacent = (next: PatternPart | undefined): boolean =>
  next?.kind === 'field' && (!/[MLEaGzV]/.test(next.letter) || (/[ML]/.test(next.letter) && next.width < 3));

function readPart(cursor: Cursor, part: PatternPart, adjacent: boolean): Cursor | undefined {
  switch (part.kind) {
    case 'text': {
      const found = cursor.text.slice(cursor.at, cursor.at + part.text.length);
      if (found.toLowerCase() !== part.text.toLowerCase()) return undefined;
      return { ...cursor, at: cursor.at + part.text.length };
    }
    case 'optional':
      return readParts(cursor, part.parts) ?? cursor;
    case 'field':
      return readField(cursor, part, adjacent);
  }
}

function readField(cursor: Cursor, field: PatternField, adjacent: boolean): Cursor | undefined {
  const { letter, width } = field;
  if ((letter === 'M' || letter === 'L') && width >= 3) {
    return readName(cursor, MONTHS, width, (month) => ({ month: month + 1 }));
  }
  if (letter === 'E' || (letter === 'e' && width >= 3)) {
    return readName(cursor, WEEKDAYS, Math.max(width, 3), () => ({}));
  }
  if (letter === 'G') return readName(cursor, ['AD', 'BC'], 4, () => ({}));
  if (letter === 'a') return readName(cursor, ['AM', 'PM'], 4, (half) => ({ afternoon: half === 1 }));
  if ('zVXxZO'.includes(letter)) return readZone(cursor);
  return readNumber(cursor, field, adjacent);
}

function readName(
  cursor: Cursor,
  names: readonly string[],
  width: number,
  fieldsOf: (index: number) => Fields,
): Cursor | undefined {
  for (const [index, name] of names.entries()) {
    const wanted = width === 3 ? name.slice(0, 3) : name;
    if (cursor.text.slice(cursor.at, cursor.at + wanted.length).toLowerCase() === wanted.toLowerCase()) {
      return { ...cursor, at: cursor.at + wanted.length, fields: { ...cursor.fields, ...fieldsOf(index) } };
    }
  }
  return undefined;
}

const OFFSET = /^(?:Z|[+-]\d{2}(?::?\d{2})?)/i;
const ZONE_NAME = /^[A-Za-z][\w/+-]*(?::\d{2})?/;
/** Short names stand for the clocks that usually go by them. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  PST: 'America/Los_Angeles',
  PDT: 'America/Los_Angeles',
  MST: 'America/Denver',
  MDT: 'America/Denver',
  CST: 'America/Chicago',
  CDT: 'America/Chicago',
  EST: 'America/New_York',
  EDT: 'America/New_York',
  BST: 'Europe/London',
  CET: 'Europe/Paris',
  CEST: 'Europe/Paris',
};

function readZone(cursor: Cursor): Cursor | undefined {
  const rest = cursor.text.slice(cursor.at);
  const text = OFFSET.exec(rest)?.[0] ?? ZONE_NAME.exec(rest)?.[0];
  if (text === undefined) return undefined;
  const zone = zoneNamed(SHORT_NAMES[text.toUpperCase()] ?? (text === 'z' ? 'Z' : text));
  return { ...cursor, at: cursor.at + text.length, fields: { ...cursor.fields, zone } };
}

const NUMBER_DIGITS_MAX = 19;

function readNumber(cursor: Cursor, { letter, width }: PatternField, adjacent: boolean): Cursor | undefined {
  const exact = adjacent || letter === 'S' || (letter !== 'y' && letter !== 'u' && width > 1) || width === 2;
  const most = exact ? width : NUMBER_DIGITS_MAX;
  let end = cursor.at;
  while (end - cursor.at < most && /\d/.test(cursor.text[end] ?? '')) end++;
  const digits = cursor.text.slice(cursor.at, end);
  if (digits.length < (exact ? width : 1)) return undefined;
  return { ...cursor, at: end, fields: { ...cursor.fields, ...numberField(letter, width, digits) } };
}

function numberField(letter: string, width: number, digits: string): Fields {
  const value = Number(digits);
  switch (letter) {
    case 'y':
    case 'u':
      return { year: width === 2 ? 2000 + value : value };
    case 'M':
    case 'L':
      return { month: value };
    case 'd':
      return { day: value };
    case 'D':
      return { dayOfYear: value };
    case 'H':
      return { hour: value };
    case 'k':
      return { hour: value % 24 };
    case 'h':
    case 'K':
      return { hour12: value % 12 };
    case 'm':
      return { minute: value };
    case 's':
      return { second: value };
    case 'S':
      return { ms: Math.trunc(Number(digits.slice(0, 3).padEnd(3, '0'))) };
    case 'A':
      return { msOfDay: value };
    case 'n':
      return { ms: Math.trunc(value / 1_000_000) };
    default:
      return {};
  }
}

const invalidValue = (text: string): MillraceError =>
  new MillraceError('INVALID_TIME', `Text '${text}' names no date or time that exists`);

function daysOf(fields: Fields, text: string): number {
  const year = fields.year ?? 1970;
  const month = fields.dayOfYear === undefined ? (fields.month ?? 1) : 1;
  const day = fields.dayOfYear ?? fields.day ?? 1;
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const rolledOver = fields.dayOfYear === undefined && (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day);
  if (rolledOver || (fields.dayOfYear !== undefined && date.getUTCFullYear() !== year)) throw invalidValue(text);
  return date.getTime() / 86_400_000;
}

function msOfDayOf(fields: Fields, text: string): number {
  if (fields.msOfDay !== undefined) return fields.msOfDay;
  const hour = fields.hour ?? (fields.hour12 ?? 0) + (fields.afternoon === true ? 12 : 0);
  const minute = fields.minute ?? 0;
  const second = fields.second ?? 0;
  if (hour > 23 || minute > 59 || second > 59) throw invalidValue(text);
  return ((hour * 60 + minute) * 60 + second) * 1000 + (fields.ms ?? 0);
}

/** Days since 1970-01-01; a month or day that the text leaves out is the first, and text after the date is ignored. */
export function parseDays(text: string, pattern: Pattern): number {
  return daysOf(parseFields(text, pattern, 'ignore'), text);
}

/** Milliseconds of the day. */
export function parseMsOfDay(text: string, pattern: Pattern): number {
  return msOfDayOf(parseFields(text, pattern), text);
}

/** Milliseconds since 1970-01-01 UTC; the zone is for texts that name none. */
export function parseInstant(text: string, pattern: Pattern, zone: Zone): number {
  const fields = parseFields(text, pattern);
  const local = daysOf(fields, text) * 86_400_000 + msOfDayOf(fields, text);
  return instantOf(fields.zone ?? zone, local);
}
