import { namesOf } from './date-names.ts';
import type {
  FieldLetter,
  FractionPart,
  NumberPart,
  OffsetPart,
  Pattern,
  PatternPart,
  TextPart,
  ZonePart,
} from './date-pattern.ts';

/** What a text says, field by field, before anybody asks whether that is a date. */
export type Scanned = {
  readonly fields: ReadonlyMap<FieldLetter, number>;
  /** A zone's name, or an offset such as `+02:00`. */
  readonly zone: string | undefined;
};

type Cursor = Scanned & { readonly at: number };

/** Reads all of a text by a pattern, without regard to case; undefined where it does not fit. */
export function scanDate(text: string, pattern: Pattern): Scanned | undefined {
  const end = scanParts(text, { at: 0, fields: new Map(), zone: undefined }, pattern);
  return end?.at === text.length ? end : undefined;
}

function scanParts(text: string, start: Cursor, parts: Pattern): Cursor | undefined {
  let cursor: Cursor | undefined = start;
  for (const part of parts) {
    if (cursor === undefined) return undefined;
    cursor = scanPart(text, cursor, part);
  }
  return cursor;
}

function scanPart(text: string, cursor: Cursor, part: PatternPart): Cursor | undefined {
  switch (part.kind) {
    case 'literal':
      return startsWith(text, cursor.at, part.text) ? { ...cursor, at: cursor.at + part.text.length } : undefined;
    case 'optional':
      return scanParts(text, cursor, part.parts) ?? cursor;
    case 'number':
      return scanNumber(text, cursor, part);
    case 'fraction':
      return scanFraction(text, cursor, part);
    case 'text':
      return scanName(text, cursor, part);
    case 'offset':
      return scanOffset(text, cursor, part);
    case 'zone':
      return scanZone(text, cursor, part);
  }
}

function startsWith(text: string, at: number, wanted: string): boolean {
  return text.slice(at, at + wanted.length).toLowerCase() === wanted.toLowerCase();
}

/** A field that is named twice must say the same. */
function withField(cursor: Cursor, at: number, field: FieldLetter, value: number): Cursor | undefined {
  const known = cursor.fields.get(field);
  if (known !== undefined && known !== value) return undefined;
  return { ...cursor, at, fields: new Map([...cursor.fields, [field, value]]) };
}

const REDUCED_BASE = 2000;

function scanNumber(text: string, cursor: Cursor, part: NumberPart): Cursor | undefined {
  const { minWidth, maxWidth, sign, reserved } = part;
  const signed = text[cursor.at];
  const plus = signed === '+';
  const minus = signed === '-';
  if ((plus && sign !== 'exceeds') || (minus && sign === 'never')) return undefined;
  const start = plus || minus ? cursor.at + 1 : cursor.at;
  const found = digitsAt(text, start, maxWidth + reserved);
  // Of all digits in a row those at the end belong to the numbers of fixed width that follow.
  const width = reserved === 0 ? found : Math.max(minWidth, found - reserved);
  if (found < minWidth || width > found) return undefined;
  const value = Number(text.slice(start, start + width));
  if (minus && value === 0) return undefined;
  if (sign === 'exceeds' && !minus && (plus ? width <= minWidth : width > minWidth)) return undefined;
  const given = part.reduced ? REDUCED_BASE + value : minus ? -value : value;
  return withField(cursor, start + width, part.field, given);
}

function digitsAt(text: string, at: number, most: number): number {
  let count = 0;
  while (count < most && /\d/.test(text[at + count] ?? '')) count++;
  return count;
}

const NANO_DIGITS = 9;

function scanFraction(text: string, cursor: Cursor, { width }: FractionPart): Cursor | undefined {
  if (digitsAt(text, cursor.at, width) < width) return undefined;
  const digits = text.slice(cursor.at, cursor.at + width);
  return withField(cursor, cursor.at + width, 'n', Number(digits.padEnd(NANO_DIGITS, '0')));
}

function scanName(text: string, cursor: Cursor, { field, style }: TextPart): Cursor | undefined {
  // Whole names may be short ones too: which of them a locale has depends on Java's version.
  const styles = style === 'full' ? (['full', 'short'] as const) : [style];
  for (const names of styles.map((each) => namesOf(field, each)!)) {
    const index = names.findIndex((name) => startsWith(text, cursor.at, name));
    if (index < 0 || (style === 'narrow' && new Set(names).size < names.length)) continue;
    const first = field === 'a' || field === 'G' ? 0 : 1;
    return withField(cursor, cursor.at + names[index]!.length, field, index + first);
  }
  return undefined;
}

function withZone(cursor: Cursor, length: number, zone: string): Cursor {
  return { ...cursor, at: cursor.at + length, zone };
}

function scanOffset(text: string, cursor: Cursor, part: OffsetPart): Cursor | undefined {
  if (startsWith(text, cursor.at, part.zero)) return withZone(cursor, part.zero.length, 'Z');
  const match = offsetRegex(part).exec(text.slice(cursor.at));
  if (match === null) return undefined;
  const [whole, sign, hour, minute = '00', second = '00'] = match;
  if (Number(minute) > 59 || Number(second) > 59) return undefined;
  return withZone(cursor, whole.length, `${sign}${hour}:${minute}:${second}`);
}

function offsetRegex({ minutes, colon, seconds }: OffsetPart): RegExp {
  const separator = colon ? ':' : '';
  const minute = `${separator}(\\d\\d)`;
  const second = seconds ? `(?:${separator}(\\d\\d))?` : '';
  return new RegExp(`^([+-])(\\d\\d)${minutes === 'always' ? minute : `(?:${minute})?`}${second}`);
}

const ID = /^(?:(?:UTC|GMT|UT)?[+-]\d{1,2}(?::?\d{2})?|[A-Za-z][A-Za-z0-9/_+-]*)/i;
const GMT = /^GMT(?:([+-])(\d{1,2})(?::(\d{2}))?)?/i;

/** Short names stand for the clocks that usually go by them. */
const CLOCKS: Readonly<Record<string, string>> = {
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

function scanZone(text: string, cursor: Cursor, { form }: ZonePart): Cursor | undefined {
  const rest = text.slice(cursor.at);
  if (form === 'gmt-short' || form === 'gmt-full') {
    const match = GMT.exec(rest);
    if (match === null) return undefined;
    const [whole, sign, hour = '0', minute = '00'] = match;
    return withZone(cursor, whole.length, sign === undefined ? 'Z' : `${sign}${hour.padStart(2, '0')}:${minute}`);
  }
  const name = ID.exec(rest)?.[0];
  if (name === undefined) return undefined;
  const clock = form === 'id' ? undefined : CLOCKS[name.toUpperCase()];
  return withZone(cursor, name.length, clock ?? (name === 'z' ? 'Z' : name));
}
