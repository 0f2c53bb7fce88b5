import { MillraceError } from '@millrace/base';
import { MONTHS, WEEKDAYS } from './date-names.ts';
import { instantOf, zoneNamed } from './time-zone.ts';

/**
 * Texts to instants by the patterns of Java's SimpleDateFormat: a day that a month does not have is one of the next,
 * blanks before numbers and whatever stands after the date are passed over, and what is left out is that of 1970-01-01.
 */

const MS_OF_DAY = 86_400_000;
const CENTURY_BACK_YEARS = 80;

type Part = { readonly letter: string; readonly width: number } | { readonly literal: string };

type Fields = {
  era: number;
  year: number;
  month: number;
  day: number;
  dayOfYear: number | undefined;
  hour: number;
  half: number | undefined;
  hourOfHalf: number | undefined;
  minute: number;
  second: number;
  ms: number;
  zone: string;
};

/**
 * Milliseconds since 1970-01-01 UTC; `nowMs` says which century two digits of a year mean.
 * @throws MillraceError `INVALID_TIME`
 */
export function parseLeniently(text: string, pattern: string, nowMs: number): number {
  const fields: Fields = {
    era: 1,
    year: 1970,
    month: 0,
    day: 1,
    dayOfYear: undefined,
    hour: 0,
    half: undefined,
    hourOfHalf: undefined,
    minute: 0,
    second: 0,
    ms: 0,
    zone: 'Z',
  };
  const parts = readParts(pattern);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const next = parts[index + 1];
    const adjacent = next !== undefined && 'letter' in next && isNumber(next);
    at =
      'literal' in part ? readLiteral(text, at, part.literal) : readField({ text, at, adjacent }, part, fields, nowMs);
    if (at < 0) throw new MillraceError('INVALID_TIME', `Unparseable date: "${text}"`);
  }
  return instantOfFields(fields);
}

const NUMBER_LETTERS = 'DFHKMSWYdhkmsuwy';
const LETTERS = `${NUMBER_LETTERS}EGXZaz`;

/** Months of three letters and more are names. */
const isNumber = ({ letter, width }: { readonly letter: string; readonly width: number }): boolean =>
  NUMBER_LETTERS.includes(letter) && !(letter === 'M' && width > 2);

function readParts(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  for (const [whole, run, letter, quoted] of pattern.matchAll(/(([a-zA-Z])\2*)|'((?:[^']|'')*)'|[\s\S]/g)) {
    if (run !== undefined) {
      if (!LETTERS.includes(letter!)) throw invalid(`Illegal pattern component: ${run}`);
      parts.push({ letter: letter!, width: run.length });
    } else if (whole === "'") throw invalid('Unterminated quote');
    else parts.push({ literal: quoted === undefined ? whole : quoted === '' ? "'" : quoted.replaceAll("''", "'") });
  }
  return parts;
}

const invalid = (message: string): MillraceError => new MillraceError('INVALID_PATTERN', message);

const readLiteral = (text: string, at: number, literal: string): number =>
  text.startsWith(literal, at) ? at + literal.length : -1;

type Place = { readonly text: string; readonly at: number; readonly adjacent: boolean };

/** The place behind the field; -1 where it is not there. */
function readField(place: Place, part: { letter: string; width: number }, fields: Fields, nowMs: number): number {
  if (!isNumber(part)) return readWord(place, part, fields);
  const { text, adjacent } = place;
  let start = place.at;
  // A number right before another has as many digits as its letters, and no blanks before it.
  if (!adjacent) while (/\s/.test(text[start] ?? '')) start++;
  let end = start;
  while (/\d/.test(text[end] ?? '') && (!adjacent || end - start < part.width)) end++;
  if (end === start) return -1;
  setNumber(fields, part, Number(text.slice(start, end)), nowMs);
  return end;
}

function setNumber(
  fields: Fields,
  { letter, width }: { letter: string; width: number },
  value: number,
  nowMs: number,
): void {
  switch (letter) {
    case 'y':
    case 'Y':
      fields.year = width > 2 || value >= 100 ? value : inCentury(value, nowMs);
      break;
    case 'M':
      fields.month = value - 1;
      break;
    case 'd':
      fields.day = value;
      fields.dayOfYear = undefined;
      break;
    case 'D':
      fields.dayOfYear = value;
      break;
    case 'H':
      fields.hour = value;
      break;
    case 'k':
      fields.hour = value === 24 ? 0 : value;
      break;
    case 'h':
      fields.hourOfHalf = value === 12 ? 0 : value;
      break;
    case 'K':
      fields.hourOfHalf = value;
      break;
    case 'm':
      fields.minute = value;
      break;
    case 's':
      fields.second = value;
      break;
    case 'S':
      fields.ms = value;
      break;
    default:
      break;
  }
}

/** Two digits mean a year from 80 years ago to 20 years ahead. */
function inCentury(value: number, nowMs: number): number {
  const start = new Date(nowMs).getUTCFullYear() - CENTURY_BACK_YEARS;
  const year = start - (start % 100) + value;
  return value >= start % 100 ? year : year + 100;
}

function readWord({ text, at }: Place, { letter }: { letter: string }, fields: Fields): number {
  switch (letter) {
    case 'M':
      return readName(text, at, MONTHS, (month) => {
        fields.month = month;
      });
    case 'E':
      return readName(text, at, WEEKDAYS, () => {});
    case 'G':
      return readName(text, at, ['BC', 'AD'], (era) => {
        fields.era = era;
      });
    case 'a':
      return readName(text, at, ['AM', 'PM'], (half) => {
        fields.half = half;
      });
    default:
      return readZone(text, at, fields);
  }
}

/** A name or its first three letters, whichever is there. */
function readName(text: string, at: number, names: readonly string[], take: (index: number) => void): number {
  const rest = text.slice(at).toLowerCase();
  for (const length of [undefined, 3]) {
    const index = names.findIndex((name) => rest.startsWith(name.slice(0, length).toLowerCase()));
    if (index < 0) continue;
    take(index);
    return at + names[index]!.slice(0, length).length;
  }
  return -1;
}

const ZONE = /^(?:Z|(?:GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z][\w/+-]*)/i;

function readZone(text: string, at: number, fields: Fields): number {
  const name = ZONE.exec(text.slice(at))?.[0];
  if (name === undefined) return -1;
  fields.zone = name;
  return at + name.length;
}

/** 1582-10-15; before it dates are Julian. */
const GREGORIAN_FROM_MS = -12_219_292_800_000;

/** How many days later the Julian calendar has a date than the Gregorian one. */
function julianLeadDays(year: number, { month, dayOfYear }: Fields): number {
  // Leap days of centuries count from the March that follows.
  const counted = dayOfYear !== undefined || month < 2 ? year - 1 : year;
  return Math.floor(counted / 100) - Math.floor(counted / 400) - 2;
}

function instantOfFields(fields: Fields): number {
  const year = fields.era === 1 ? fields.year : 1 - fields.year;
  const date = new Date(0);
  if (fields.dayOfYear === undefined) date.setUTCFullYear(year, fields.month, fields.day);
  else date.setUTCFullYear(year, 0, fields.dayOfYear);
  if (date.getTime() < GREGORIAN_FROM_MS) date.setTime(date.getTime() + julianLeadDays(year, fields) * MS_OF_DAY);
  const { half, hourOfHalf } = fields;
  const hour = half === undefined && hourOfHalf === undefined ? fields.hour : (half ?? 0) * 12 + (hourOfHalf ?? 0);
  const ofDay = ((hour * 60 + fields.minute) * 60 + fields.second) * 1000 + fields.ms;
  return instantOf(zoneNamed(fields.zone), Math.round(date.getTime() / MS_OF_DAY) * MS_OF_DAY + ofDay);
}
