import { MillraceError } from '@millrace/base';

/** Texts of the three time types, as ksqlDB reads and writes them: ISO 8601, with the tail left out where one likes. */

export const MS_OF_DAY: number = 24 * 60 * 60 * 1000;

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

/** Days since 1970-01-01 as `2020-05-26`. */
export function printDate(days: number): string {
  const date = new Date(days * MS_OF_DAY);
  const year = date.getUTCFullYear();
  const yearText = year >= 0 && year <= 9999 ? pad(year, 4) : year < 0 ? `-${pad(-year, 4)}` : `+${year}`;
  return `${yearText}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
}

/** `2020-05-26T23:59:58.000`, in UTC. */
export function printTimestamp(ms: number): string {
  const days = Math.floor(ms / MS_OF_DAY);
  const ofDay = ms - days * MS_OF_DAY;
  const clock = `${pad(Math.floor(ofDay / 3_600_000), 2)}:${pad(Math.floor(ofDay / 60_000) % 60, 2)}`;
  return `${printDate(days)}T${clock}:${pad(Math.floor(ofDay / 1000) % 60, 2)}.${pad(ofDay % 1000, 3)}`;
}

/** `10:30`, or `10:30:15` where there are seconds; milliseconds are never printed. */
export function printTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const short = `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}`;
  return seconds % 60 === 0 ? short : `${short}:${pad(seconds % 60, 2)}`;
}

const failed = (what: string, text: string, help: string): MillraceError =>
  new MillraceError('INVALID_TIME', `Failed to parse ${what} '${text}': Text '${text}' could not be parsed\n${help}`);

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const DATE_HELP =
  "Required format is: \"yyyy-MM-dd\", for example '2020-05-26'. Partials are also supported, for example '2020-05'";

function daysOf(text: string): number | null {
  const match = DATE.exec(text);
  if (match === null) return null;
  const [, year, month = '01', day = '01'] = match;
  const ms = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const date = new Date(ms);
  // Date.UTC reads years 0 to 99 as 1900 onwards, and rolls 2020-02-31 over; both are wrong here.
  if (Number(year) < 100) date.setUTCFullYear(Number(year));
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return null;
  return Math.round(date.getTime() / MS_OF_DAY);
}

/** @throws MillraceError `INVALID_TIME` */
export function parseDate(text: string): number {
  const days = daysOf(text);
  if (days === null) throw failed('date', text, DATE_HELP);
  return days;
}

const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?$/;
const TIME_HELP =
  "Required format is: \"HH:mm:ss.SSS\", for example: '01:34:20.123' or '01:34:20'. " +
  "Partials are also supported, for example '01:34'";

function msOfDay(text: string): number | null {
  const match = TIME.exec(text);
  if (match === null) return null;
  const [, hour, minute, second = '0', fraction = ''] = match;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  return ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
}

/** @throws MillraceError `INVALID_TIME` */
export function parseTime(text: string): number {
  const ms = msOfDay(text);
  if (ms === null) throw failed('time', text, TIME_HELP);
  return ms;
}

const TIMESTAMP = /^([^T]*)(?:T([^Z+-]*)(Z|[+-]\d{2}:?\d{2})?)?$/;
const CLOCK_TEMPLATE = '00:00:00.000';
/** Java's name for the next day's midnight. */
const END_OF_DAY = '24:00:00.000';
const TIMESTAMP_HELP =
  'Required format is: "yyyy-MM-dd\'T\'HH:mm:ss.SSS", with an optional numeric 4-digit timezone, for example: ' +
  "'2020-05-26T23:59:58.000' or '2020-05-26T23:59:58.000+0100'. " +
  "Partials are also supported, for example '2020-05-26'";

/** Milliseconds since 1970-01-01 UTC; without a zone the text is in UTC. @throws MillraceError `INVALID_TIME` */
export function parseTimestamp(text: string): number {
  const match = TIMESTAMP.exec(text);
  const [, date = '', clock = '', zone = 'Z'] = match ?? [];
  const days = match === null ? null : daysOf(date);
  const fullClock = clock + CLOCK_TEMPLATE.slice(clock.length);
  const ofDay = fullClock === END_OF_DAY ? MS_OF_DAY : msOfDay(fullClock);
  if (days === null || ofDay === null) throw failed('timestamp', text, TIMESTAMP_HELP);
  return days * MS_OF_DAY + ofDay - zoneOffsetMs(zone);
}

function zoneOffsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * 60_000;
}
