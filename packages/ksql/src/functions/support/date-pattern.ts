import { MillraceError } from '@millrace/base';

/**
 * Patterns of Java's DateTimeFormatter, as far as SQL uses them: letters that stand for fields, text in quotes, and
 * parts in brackets that may be missing when a text is read.
 */

/** A field of a date or time, and how often its letter was written, which decides its width and form. */
export type PatternField = { readonly kind: 'field'; readonly letter: string; readonly width: number };
export type PatternText = { readonly kind: 'text'; readonly text: string };
export type PatternOptional = { readonly kind: 'optional'; readonly parts: Pattern };
export type PatternPart = PatternField | PatternText | PatternOptional;
export type Pattern = readonly PatternPart[];

const DATE_LETTERS = 'GyuMLdDEeQq';
const TIME_LETTERS = 'aHhKkmsSAnN';
const ZONE_LETTERS = 'VzOXxZ';
const PATTERNS_MAX = 1000;

const cache = new Map<string, Pattern>();

/** @throws MillraceError `INVALID_PATTERN` */
export function parsePattern(text: string): Pattern {
  let pattern = cache.get(text);
  if (pattern === undefined) {
    const reader: Reader = { text, at: 0 };
    pattern = readParts(reader, false);
    if (cache.size >= PATTERNS_MAX) cache.clear();
    cache.set(text, pattern);
  }
  return pattern;
}

type Reader = { readonly text: string; at: number };

const invalid = (reader: Reader, reason: string): MillraceError =>
  new MillraceError('INVALID_PATTERN', `'${reader.text}' is no date or time pattern: ${reason}`);

function readParts(reader: Reader, nested: boolean): Pattern {
  const parts: PatternPart[] = [];
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at]!;
    if (character === ']') {
      if (!nested) throw invalid(reader, 'a ] closes nothing');
      reader.at++;
      return parts;
    }
    parts.push(readPart(reader, character));
  }
  if (nested) throw invalid(reader, 'a [ is not closed');
  return parts;
}

function readPart(reader: Reader, character: string): PatternPart {
  if (character === '[') {
    reader.at++;
    return { kind: 'optional', parts: readParts(reader, true) };
  }
  if (character === "'") return { kind: 'text', text: readQuoted(reader) };
  if (/[a-zA-Z]/.test(character)) return readField(reader, character);
  reader.at++;
  return { kind: 'text', text: character };
}

function readField(reader: Reader, letter: string): PatternField {
  if (!(DATE_LETTERS + TIME_LETTERS + ZONE_LETTERS).includes(letter)) {
    throw invalid(reader, `Unknown pattern letter: ${letter}`);
  }
  let width = 0;
  while (reader.text[reader.at] === letter) {
    reader.at++;
    width++;
  }
  return { kind: 'field', letter, width };
}

/** Two quotes in a row are one; outside of quoted text they are a quote by themselves. */
function readQuoted(reader: Reader): string {
  let text = '';
  for (let at = reader.at + 1; at < reader.text.length; at++) {
    if (reader.text[at] !== "'") text += reader.text[at];
    else if (reader.text[at + 1] === "'") {
      text += "'";
      at++;
    } else {
      const isQuote = at === reader.at + 1;
      reader.at = at + 1;
      return isQuote ? "'" : text;
    }
  }
  throw invalid(reader, 'quoted text does not end');
}

const uses = (pattern: Pattern, letters: string): boolean =>
  pattern.some((part) =>
    part.kind === 'field' ? letters.includes(part.letter) : part.kind === 'optional' && uses(part.parts, letters),
  );

export const usesDate = (pattern: Pattern): boolean => uses(pattern, DATE_LETTERS);
export const usesTime = (pattern: Pattern): boolean => uses(pattern, TIME_LETTERS);

export const MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
/** Monday is the first day. */
export const WEEKDAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
