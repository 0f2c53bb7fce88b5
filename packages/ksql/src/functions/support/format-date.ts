import { MillraceError } from '@millrace/base';
import type { Zone } from 'luxon';
import { namesOf } from './date-names.ts';
import type { FieldLetter, NumberPart, OffsetPart, Pattern, PatternPart, ZonePart } from './date-pattern.ts';
import { longZoneName, offsetMs, shortZoneName, zoneId } from './time-zone.ts';

/** What is written: its date and time as if they were UTC's, and its zone; what it has not is undefined. */
type Source = {
  readonly local: Date;
  readonly hasDate: boolean;
  readonly hasTime: boolean;
  readonly zone: { readonly zone: Zone; readonly instantMs: number } | undefined;
};

/** An instant by a pattern, as the clocks of a zone show it. @throws MillraceError `INVALID_TIME` */
export function formatInstant(instantMs: number, pattern: Pattern, zone: Zone): string {
  const local = new Date(instantMs + offsetMs(zone, instantMs));
  return formatAll({ local, hasDate: true, hasTime: true, zone: { zone, instantMs } }, pattern);
}

/** Days since 1970-01-01. @throws MillraceError `INVALID_TIME` where the pattern asks for a time or a zone */
export function formatDays(days: number, pattern: Pattern): string {
  return formatAll({ local: new Date(days * MS_OF_DAY), hasDate: true, hasTime: false, zone: undefined }, pattern);
}

/** Milliseconds of a day. @throws MillraceError `INVALID_TIME` where the pattern asks for a date or a zone */
export function formatMsOfDay(ms: number, pattern: Pattern): string {
  return formatAll({ local: new Date(ms), hasDate: false, hasTime: true, zone: undefined }, pattern);
}

const MS_OF_DAY = 86_400_000;
const DATE_FIELDS = 'GyuQMDdFEewWYg';

function formatAll(source: Source, pattern: Pattern): string {
  const text = format(source, pattern);
  if (text === undefined) throw failed('the pattern asks for a field that the value does not have');
  return text;
}

const failed = (reason: string): MillraceError => new MillraceError('INVALID_TIME', `Failed to format: ${reason}`);

/** Undefined where the value lacks a field. */
function format(source: Source, pattern: Pattern): string | undefined {
  let text = '';
  for (const part of pattern) {
    const formatted = formatPart(source, part);
    if (formatted === undefined) return undefined;
    text += formatted;
  }
  return text;
}

function formatPart(source: Source, part: PatternPart): string | undefined {
  switch (part.kind) {
    case 'literal':
      return part.text;
    case 'optional':
      return format(source, part.parts) ?? '';
    case 'offset':
      return source.zone && formatOffset(offsetMs(source.zone.zone, source.zone.instantMs), part);
    case 'zone':
      return source.zone && formatZone(source.zone.zone, source.zone.instantMs, part);
    case 'fraction':
      if (!source.hasTime) return undefined;
      return pad(source.local.getUTCMilliseconds(), 3).padEnd(part.width, '0').slice(0, part.width);
    case 'number':
      return hasField(source, part.field) ? formatNumber(fieldOf(part.field, source.local), part) : undefined;
    case 'text': {
      if (!hasField(source, part.field)) return undefined;
      const first = part.field === 'a' || part.field === 'G' ? 0 : 1;
      return namesOf(part.field, part.style)![fieldOf(part.field, source.local) - first]!;
    }
  }
}

const hasField = (source: Source, field: FieldLetter): boolean =>
  DATE_FIELDS.includes(field) ? source.hasDate : source.hasTime;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function formatNumber(value: number, { minWidth, maxWidth, sign, reduced }: NumberPart): string {
  const digits = String(reduced ? Math.abs(value) % 100 : Math.abs(value));
  if (digits.length > maxWidth) throw failed(`${value} has more than ${maxWidth} digits`);
  if (value < 0 && !reduced) {
    if (sign === 'never') throw failed(`${value} is negative`);
    return `-${digits.padStart(minWidth, '0')}`;
  }
  const plus = sign === 'exceeds' && digits.length > minWidth ? '+' : '';
  return plus + digits.padStart(minWidth, '0');
}

function fieldOf(field: FieldLetter, local: Date): number {
  const year = local.getUTCFullYear();
  const month = local.getUTCMonth();
  switch (field) {
    case 'G':
      return year > 0 ? 1 : 0;
    case 'y':
      return year > 0 ? year : 1 - year;
    case 'u':
      return year;
    case 'Q':
      return Math.floor(month / 3) + 1;
    case 'M':
      return month + 1;
    case 'D':
      return dayOfYear(local);
    case 'd':
      return local.getUTCDate();
    case 'F':
      return ((local.getUTCDate() - 1) % 7) + 1;
    case 'E':
      return ((local.getUTCDay() + 6) % 7) + 1;
    case 'e':
      return local.getUTCDay() + 1;
    case 'w':
    case 'W':
    case 'Y':
      return weekField(field, local);
    case 'g':
      return Math.floor(local.getTime() / MS_OF_DAY) + MODIFIED_JULIAN_EPOCH;
    default:
      return timeField(field, local);
  }
}

/** The modified Julian day of 1970-01-01. */
const MODIFIED_JULIAN_EPOCH = 40_587;

function timeField(field: Exclude<FieldLetter, 'G'>, local: Date): number {
  const hour = local.getUTCHours();
  const msOfDay = ((local.getTime() % MS_OF_DAY) + MS_OF_DAY) % MS_OF_DAY;
  switch (field) {
    case 'a':
      return hour < 12 ? 0 : 1;
    case 'H':
      return hour;
    case 'k':
      return hour === 0 ? 24 : hour;
    case 'K':
      return hour % 12;
    case 'h':
      return hour % 12 === 0 ? 12 : hour % 12;
    case 'm':
      return local.getUTCMinutes();
    case 's':
      return local.getUTCSeconds();
    case 'n':
      return local.getUTCMilliseconds() * 1_000_000;
    case 'A':
      return msOfDay;
    default:
      return msOfDay * 1_000_000;
  }
}

const dayOfYear = (local: Date): number =>
  Math.floor((local.getTime() - startOfYear(local.getUTCFullYear())) / MS_OF_DAY) + 1;

function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}

/** Weeks begin on Sunday, and the first of a month or a year may have one day only. */
function weekField(field: 'w' | 'W' | 'Y', local: Date): number {
  const weekday = local.getUTCDay();
  const day = local.getUTCDate() - 1;
  if (field === 'W') return Math.floor((day + ((weekday - (day % 7) + 7) % 7)) / 7) + 1;
  const saturday = new Date(local.getTime() + (6 - weekday) * MS_OF_DAY);
  if (field === 'Y') return saturday.getUTCFullYear();
  return Math.floor((dayOfYear(saturday) - 1) / 7) + 1;
}

function formatOffset(offset: number, { minutes, colon, seconds, zero }: OffsetPart): string {
  const total = Math.trunc(Math.abs(offset) / 1000);
  const [hour, minute, second] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (hour === 0 && minute === 0 && (second === 0 || !seconds)) return zero;
  const separator = colon ? ':' : '';
  let text = `${offset < 0 ? '-' : '+'}${pad(hour, 2)}`;
  if (minutes === 'always' || minute > 0) text += separator + pad(minute, 2);
  if (seconds && second > 0) text += separator + pad(second, 2);
  return text;
}

function formatZone(zone: Zone, instantMs: number, { form }: ZonePart): string {
  switch (form) {
    case 'id':
      return zoneId(zone);
    case 'short':
      return shortZoneName(zone, instantMs);
    case 'full':
      return longZoneName(zone, instantMs);
    case 'gmt-short':
    case 'gmt-full':
      return `GMT${gmtOffset(offsetMs(zone, instantMs), form === 'gmt-full')}`;
  }
}

function gmtOffset(offset: number, full: boolean): string {
  if (offset === 0) return '';
  const total = Math.trunc(Math.abs(offset) / 1000);
  const [minute, second] = [Math.floor(total / 60) % 60, total % 60];
  const hour = pad(Math.floor(total / 3600), full ? 2 : 1);
  const rest = full || minute > 0 || second > 0 ? `:${pad(minute, 2)}` : '';
  return `${offset < 0 ? '-' : '+'}${hour}${rest}${second > 0 ? `:${pad(second, 2)}` : ''}`;
}
