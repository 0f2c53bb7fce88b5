import { MillraceError } from '@millrace/base';
import type { Zone } from 'luxon';
import type { FieldLetter, Pattern } from './date-pattern.ts';
import { type Scanned, scanDate } from './scan-date.ts';
import { instantOf, zoneNamed } from './time-zone.ts';

/** Texts to dates and times by Java's rules: what a text says is put together as far as it goes, without contradiction. */

const MS_OF_DAY = 86_400_000;

type Fields = Map<FieldLetter, number>;

/** A date and a time as far as the fields make one; what is left over stays in `fields`. */
type Resolved = {
  readonly fields: Fields;
  readonly days: number | undefined;
  readonly msOfDay: number | undefined;
  readonly zone: Zone | undefined;
};

const failed = (text: string, reason: string): MillraceError =>
  new MillraceError('INVALID_TIME', `Text '${text}' could not be parsed: ${reason}`);

/** Days since 1970-01-01. @throws MillraceError `INVALID_TIME` where the text does not name a whole date */
export function parseDays(text: string, pattern: Pattern): number {
  const { days } = resolve(text, pattern);
  if (days === undefined) throw failed(text, 'Unable to obtain LocalDate');
  return days;
}

/** Milliseconds of a day. @throws MillraceError `INVALID_TIME` where the text names no time, or anything of a date */
export function parseMsOfDay(text: string, pattern: Pattern): number {
  const { days, msOfDay, fields } = resolve(text, pattern);
  const dated = days !== undefined || [...fields.keys()].some((field) => DATE_FIELDS.includes(field));
  if (dated) throw failed(text, 'Time format contains date field.');
  if (msOfDay === undefined) throw failed(text, 'Unable to obtain LocalTime');
  return Math.floor(msOfDay) % MS_OF_DAY;
}

const DATE_FIELDS = 'GyuQMDdFEewWYg';

/**
 * Milliseconds since 1970-01-01 UTC; the zone is for texts that name none. Fields that the text leaves out are those of
 * 1970-01-01T00:00. @throws MillraceError `INVALID_TIME`
 */
export function parseInstant(text: string, pattern: Pattern, zone: Zone): number {
  const { days, msOfDay, zone: named, fields } = resolve(text, pattern);
  const clock = named ?? zone;
  const day = days ?? defaultedDays(text, fields);
  const ofDay = msOfDay ?? defaultedTime(fields);
  const local = day * MS_OF_DAY + Math.floor(ofDay);
  if (named !== undefined && days !== undefined && msOfDay !== undefined) return instantOf(clock, local);
  // Java sets one field after the other in 1970: of a time that comes twice it keeps the one with the offset of then.
  const then = instantOf(clock, sameDayIn1970(day) + Math.floor(ofDay));
  const offset = sameDayIn1970(day) + Math.floor(ofDay) - then;
  const preferred = local - offset;
  return preferred + clock.offset(preferred) * 60_000 === local ? preferred : instantOf(clock, local);
}

function sameDayIn1970(days: number): number {
  const date = new Date(days * MS_OF_DAY);
  return Math.min(days - Math.round(date.setUTCMonth(0, 1) / MS_OF_DAY), 364) * MS_OF_DAY;
}

/** A year, a month or a day alone: they are set one after the other in 1970-01-01, and months cut days that they do not have. */
function defaultedDays(text: string, fields: Fields): number {
  const [weekday, day, dayOfYear] = [fields.get('E'), fields.get('d'), fields.get('D')];
  if (dayOfYear === 366) throw failed(text, 'Leap day cannot be parsed without supplying the year field');
  const date = new Date(((weekday ?? THURSDAY) - THURSDAY) * MS_OF_DAY);
  if (day !== undefined) date.setUTCDate(day);
  if (dayOfYear !== undefined) date.setUTCMonth(0, dayOfYear);
  const year = fields.get('u') ?? date.getUTCFullYear();
  const month = fields.get('M') ?? date.getUTCMonth() + 1;
  date.setUTCFullYear(year, month - 1, Math.min(date.getUTCDate(), monthLength(year, month)));
  return Math.round(date.getTime() / MS_OF_DAY);
}

/** The day of the week of 1970-01-01. */
const THURSDAY = 4;

/** Parts of a time that make none: minutes alone, or an hour of which nobody knows the half of the day. */
function defaultedTime(fields: Fields): number {
  const hour = fields.get('H') ?? (fields.get('K') ?? 0) + 12 * (fields.get('a') ?? 0);
  const seconds = (hour * 60 + (fields.get('m') ?? 0)) * 60 + (fields.get('s') ?? 0);
  return seconds * 1000 + (fields.get('n') ?? 0) / 1_000_000;
}

function resolve(text: string, pattern: Pattern): Resolved {
  const scanned = scanDate(text, pattern);
  if (scanned === undefined) throw failed(text, 'it does not fit the pattern');
  return resolveFields(text, scanned);
}

function resolveFields(text: string, { fields: read, zone }: Scanned): Resolved {
  const fields = new Map(read);
  checkRanges(text, fields);
  const midnight = isNextMidnight(fields);
  const days = resolveDate(text, fields);
  const msOfDay = resolveTime(text, fields);
  const named = zone === undefined ? undefined : zoneNamed(zone);
  return {
    fields,
    days: days !== undefined && midnight ? days + 1 : days,
    msOfDay: midnight ? 0 : msOfDay,
    zone: named,
  };
}

// ------------------------------------------------------------------------------------------------------------- dates

const RANGES: readonly (readonly [FieldLetter, number, number])[] = [
  ['M', 1, 12],
  ['d', 1, 31],
  ['D', 1, 366],
  ['Q', 1, 4],
  ['y', 1, 999_999_999],
  ['E', 1, 7],
  ['e', 1, 7],
  ['H', 0, 23],
  ['k', 0, 24],
  ['h', 0, 12],
  ['K', 0, 11],
  ['m', 0, 59],
  ['s', 0, 59],
  ['n', 0, 999_999_999],
  ['A', 0, MS_OF_DAY - 1],
  ['N', 0, MS_OF_DAY * 1_000_000 - 1],
];

function checkRanges(text: string, fields: Fields): void {
  for (const [field, from, to] of RANGES) {
    const value = fields.get(field);
    const isEndOfDay = field === 'H' && value === 24 && isNextMidnight(fields);
    if (value !== undefined && (value < from || value > to) && !isEndOfDay) {
      throw failed(text, `${value} is not a value from ${from} to ${to}`);
    }
  }
}

/** 24:00 is the next day's midnight. */
const isNextMidnight = (fields: Fields): boolean =>
  fields.get('H') === 24 && !fields.get('m') && !fields.get('s') && !fields.get('n');

function resolveDate(text: string, fields: Fields): number | undefined {
  resolveYear(text, fields);
  resolveWeekday(text, fields);
  const year = fields.get('u');
  const days = year === undefined ? undefined : daysOf(text, year, fields);
  if (days !== undefined) checkAgainst(text, days, fields);
  return days;
}

/** The year of an era becomes a year that counts on before the first. */
function resolveYear(text: string, fields: Fields): void {
  const ofEra = fields.get('y');
  if (ofEra === undefined) return;
  const known = fields.get('u');
  const common = fields.has('G') ? fields.get('G') === 1 : known === undefined || known > 0;
  const year = common ? ofEra : 1 - ofEra;
  if (known !== undefined && known !== year) throw failed(text, `Conflict found: year ${known} differs from ${year}`);
  fields.set('u', year);
}

/** A week that begins on Sunday numbers the same days. */
function resolveWeekday(text: string, fields: Fields): void {
  const fromSunday = fields.get('e');
  if (fromSunday === undefined) return;
  const day = fromSunday === 1 ? 7 : fromSunday - 1;
  if ((fields.get('E') ?? day) !== day) throw failed(text, 'Conflict found: two days of the week');
  fields.set('E', day);
}

/** Days of a month that it does not have are its last. */
function daysOf(text: string, year: number, fields: Fields): number | undefined {
  const [month, day, dayOfYear] = [fields.get('M'), fields.get('d'), fields.get('D')];
  const date = new Date(0);
  if (month !== undefined && day !== undefined) {
    date.setUTCFullYear(year, month - 1, Math.min(day, monthLength(year, month)));
  } else if (dayOfYear !== undefined) {
    date.setUTCFullYear(year, 0, dayOfYear);
    if (date.getUTCFullYear() !== year) throw failed(text, `'DayOfYear 366' as '${year}' is not a leap year`);
  } else return undefined;
  return Math.round(date.getTime() / MS_OF_DAY);
}

function monthLength(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function checkAgainst(text: string, days: number, fields: Fields): void {
  const date = new Date(days * MS_OF_DAY);
  checkFields(text, fields, [
    ['E', ((date.getUTCDay() + 6) % 7) + 1],
    ['M', date.getUTCMonth() + 1],
    ['Q', Math.floor(date.getUTCMonth() / 3) + 1],
  ]);
}

function checkFields(text: string, fields: Fields, actual: readonly (readonly [FieldLetter, number])[]): void {
  for (const [field, value] of actual) {
    const said = fields.get(field);
    if (said !== undefined && said !== value) {
      throw failed(text, `Conflict found: field ${field} is ${value} and not ${said}`);
    }
  }
}

// ------------------------------------------------------------------------------------------------------------- times

/** Milliseconds with a fraction; undefined where the fields make no time. */
function resolveTime(text: string, fields: Fields): number | undefined {
  const [clockHour, clockHalf] = [fields.get('k'), fields.get('h')];
  if (clockHour !== undefined) fields.set('H', clockHour % 24);
  if (clockHalf !== undefined) fields.set('K', clockHalf % 12);
  const [half, hourOfHalf] = [fields.get('a'), fields.get('K')];
  if (half !== undefined && hourOfHalf !== undefined) fields.set('H', half * 12 + hourOfHalf);
  const whole = fields.get('A') ?? (fields.has('N') ? fields.get('N')! / 1_000_000 : undefined);
  if (whole !== undefined) return checkTime(text, whole, fields);
  const [hour, minute, second, nano] = [fields.get('H'), fields.get('m'), fields.get('s'), fields.get('n')];
  if (hour === undefined) {
    const isHalfAlone = half !== undefined && [hourOfHalf, minute, second, nano].every((each) => each === undefined);
    return isHalfAlone ? middleOf(half) : undefined;
  }
  // What stands between two parts of a time can't be left out.
  if (minute === undefined && (second !== undefined || nano !== undefined)) return undefined;
  if (second === undefined && nano !== undefined) return undefined;
  return ((hour * 60 + (minute ?? 0)) * 60 + (second ?? 0)) * 1000 + (nano ?? 0) / 1_000_000;
}

function checkTime(text: string, ms: number, fields: Fields): number {
  const hour = Math.floor(ms / 3_600_000);
  checkFields(text, fields, [
    ['H', hour],
    ['K', hour % 12],
    ['a', hour < 12 ? 0 : 1],
    ['m', Math.floor(ms / 60_000) % 60],
    ['s', Math.floor(ms / 1000) % 60],
    ['n', Math.round((ms % 1000) * 1_000_000)],
  ]);
  return ms;
}

/** A half of a day alone is its middle. */
const middleOf = (half: number): number => (half * 12 + 6) * 3_600_000;
