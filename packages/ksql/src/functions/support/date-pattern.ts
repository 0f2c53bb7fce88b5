import { MillraceError } from '@millrace/base';

/**
 * Patterns of Java's DateTimeFormatter. A letter stands for a field, and how often it is written for its form; text in
 * quotes and all signs but brackets stand for themselves; parts in brackets may be missing.
 */

/** A field of a date or a time, by the letter that Java gives it. */
export type DateLetter = 'G' | 'y' | 'u' | 'Q' | 'M' | 'D' | 'd' | 'F' | 'E' | 'e' | 'w' | 'W' | 'Y' | 'g';
export type TimeLetter = 'a' | 'H' | 'k' | 'K' | 'h' | 'm' | 's' | 'n' | 'A' | 'N';
export type FieldLetter = DateLetter | TimeLetter;

export type TextStyle = 'short' | 'full' | 'narrow';

/**
 * How a number's sign is written: `normal` only where it is negative, `exceeds` also a plus where it has more digits than
 * asked for, `never` not at all.
 */
export type SignStyle = 'normal' | 'exceeds' | 'never';

export type NumberPart = {
  readonly kind: 'number';
  readonly field: FieldLetter;
  readonly minWidth: number;
  readonly maxWidth: number;
  readonly sign: SignStyle;
  /** Of a year only two digits are written; they stand for one from 2000 on. */
  readonly reduced: boolean;
  /** Digits that fields of fixed width right behind need. */
  readonly reserved: number;
};
export type TextPart = { readonly kind: 'text'; readonly field: FieldLetter; readonly style: TextStyle };
export type FractionPart = { readonly kind: 'fraction'; readonly width: number };
export type LiteralPart = { readonly kind: 'literal'; readonly text: string };
export type OptionalPart = { readonly kind: 'optional'; readonly parts: Pattern };
export type OffsetPart = {
  readonly kind: 'offset';
  /** Whether minutes are always there, never alone, and behind a colon. */
  readonly minutes: 'always' | 'where-any';
  readonly colon: boolean;
  /** Whether seconds are written where there are any. */
  readonly seconds: boolean;
  readonly zero: string;
};
export type ZonePart = { readonly kind: 'zone'; readonly form: 'id' | 'short' | 'full' | 'gmt-short' | 'gmt-full' };
export type PatternPart = NumberPart | TextPart | FractionPart | LiteralPart | OptionalPart | OffsetPart | ZonePart;
export type Pattern = readonly PatternPart[];

const NUMBER_DIGITS_MAX = 19;
const PATTERNS_MAX = 1000;
const cache = new Map<string, Pattern>();

/** @throws MillraceError `INVALID_PATTERN` */
export function parsePattern(text: string): Pattern {
  let pattern = cache.get(text);
  if (pattern === undefined) {
    pattern = readParts({ text, at: 0 }, 0);
    if (cache.size >= PATTERNS_MAX) cache.clear();
    cache.set(text, pattern);
  }
  return pattern;
}

type Reader = { readonly text: string; at: number };

const NESTING_MAX = 100;

function readParts(reader: Reader, depth: number): Pattern {
  if (depth > NESTING_MAX) throw invalid('Pattern is nested too deeply');
  const parts: PatternPart[] = [];
  // Where the number stands that gives digits to those of fixed width behind it; -1 where none does.
  let giver = -1;
  while (reader.at < reader.text.length) {
    const character = reader.text[reader.at]!;
    if (character === ']') {
      if (depth === 0) throw invalid('Pattern invalid as it contains ] without previous [');
      reader.at++;
      return parts;
    }
    const part = readPart(reader, character, depth);
    giver = reserveDigits(parts, part, giver);
    parts.push(part);
  }
  return parts;
}

/** Numbers right behind each other: those of fixed width take their digits first, the one before them gets the rest. */
function reserveDigits(parts: PatternPart[], part: PatternPart, giver: number): number {
  if (part.kind !== 'number' && part.kind !== 'fraction') return -1;
  const width = fixedWidth(part);
  const known = parts[giver];
  if (known?.kind !== 'number' || width === undefined) return part.kind === 'number' ? parts.length : -1;
  parts[giver] = { ...known, reserved: known.reserved + width };
  return giver;
}

function fixedWidth(part: NumberPart | FractionPart): number | undefined {
  if (part.kind === 'fraction') return part.width;
  return part.minWidth === part.maxWidth && part.sign === 'never' ? part.maxWidth : undefined;
}

function readPart(reader: Reader, character: string, depth: number): PatternPart {
  if (/[a-zA-Z]/.test(character)) {
    const letters = takeRun(reader, character);
    return readLetters(character, letters);
  }
  if (character === "'") return { kind: 'literal', text: readQuoted(reader) };
  reader.at++;
  if (character === '[') return { kind: 'optional', parts: readParts(reader, depth + 1) };
  if ('{}#'.includes(character)) throw invalid(`Pattern includes reserved character: '${character}'`);
  return { kind: 'literal', text: character };
}

function takeRun(reader: Reader, letter: string): number {
  const start = reader.at;
  while (reader.text[reader.at] === letter) reader.at++;
  return reader.at - start;
}

/** Two quotes in a row are one; outside of quoted text they are a quote by themselves. */
function readQuoted(reader: Reader): string {
  const start = reader.at + 1;
  let text = '';
  for (let at = start; at < reader.text.length; at++) {
    if (reader.text[at] !== "'") text += reader.text[at];
    else if (reader.text[at + 1] === "'") {
      text += "'";
      at++;
    } else {
      reader.at = at + 1;
      return at === start ? "'" : text;
    }
  }
  throw invalid(`Pattern ends with an incomplete string literal: ${reader.text}`);
}

const invalid = (message: string): MillraceError => new MillraceError('INVALID_PATTERN', message);
const tooMany = (letter: string): MillraceError => invalid(`Too many pattern letters: ${letter}`);

function number(field: FieldLetter, minWidth: number, maxWidth: number, sign: SignStyle): NumberPart {
  return { kind: 'number', field, minWidth, maxWidth, sign, reduced: false, reserved: 0 };
}

/** One letter is a number of any width, two are two digits. */
function oneOrTwo(field: FieldLetter, count: number): NumberPart {
  if (count > 2) throw tooMany(field);
  return count === 1 ? number(field, 1, NUMBER_DIGITS_MAX, 'normal') : number(field, 2, 2, 'never');
}

function textOf(field: FieldLetter, count: number): TextPart {
  if (count > 5) throw tooMany(field);
  return { kind: 'text', field, style: count === 4 ? 'full' : count === 5 ? 'narrow' : 'short' };
}

function readLetters(letter: string, count: number): PatternPart {
  switch (letter) {
    case 'y':
    case 'u':
    case 'Y':
      if (count === 2) return { ...number(letter, 2, 2, 'never'), reduced: true };
      return number(letter, count, NUMBER_DIGITS_MAX, count < 4 ? 'normal' : 'exceeds');
    case 'M':
    case 'L':
      return count < 3 ? oneOrTwo('M', count) : textOf('M', count);
    case 'Q':
    case 'q':
      return count < 3 ? oneOrTwo('Q', count) : textOf('Q', count);
    case 'e':
    case 'c':
      if (letter === 'c' && count === 2) throw invalid('Invalid pattern "cc"');
      return count < 3 ? oneOrTwo('e', count) : textOf('E', count);
    case 'E':
    case 'G':
      return textOf(letter, count);
    case 'a':
      if (count > 1) throw tooMany(letter);
      return textOf(letter, count);
    case 'S':
      if (count > 9) throw invalid(`Maximum width must be from 0 to 9 inclusive but was ${count}`);
      return { kind: 'fraction', width: count };
    default:
      return readNumberLetters(letter, count) ?? readZoneLetters(letter, count);
  }
}

function readNumberLetters(letter: string, count: number): NumberPart | undefined {
  switch (letter) {
    case 'd':
    case 'h':
    case 'H':
    case 'k':
    case 'K':
    case 'm':
    case 's':
    case 'w':
      return oneOrTwo(letter, count);
    case 'F':
    case 'W':
      if (count > 1) throw tooMany(letter);
      return oneOrTwo(letter, count);
    case 'D':
      if (count > 3) throw tooMany(letter);
      return count === 1 ? number(letter, 1, NUMBER_DIGITS_MAX, 'normal') : number(letter, count, 3, 'never');
    case 'g':
      return number(letter, count, NUMBER_DIGITS_MAX, 'normal');
    case 'A':
    case 'n':
    case 'N':
      return number(letter, count, NUMBER_DIGITS_MAX, 'never');
    default:
      return undefined;
  }
}

const offset = (minutes: OffsetPart['minutes'], colon: boolean, seconds: boolean, zero: string): OffsetPart => ({
  kind: 'offset',
  minutes,
  colon,
  seconds,
  zero,
});

function readZoneLetters(letter: string, count: number): PatternPart {
  switch (letter) {
    case 'X':
    case 'x': {
      if (count > 5) throw tooMany(letter);
      const colon = count === 3 || count === 5;
      const zero = letter === 'X' ? 'Z' : count === 1 ? '+00' : colon ? '+00:00' : '+0000';
      return offset(count === 1 ? 'where-any' : 'always', colon, count > 3, zero);
    }
    case 'Z':
      if (count > 5) throw tooMany(letter);
      if (count === 4) return { kind: 'zone', form: 'gmt-full' };
      return count === 5 ? offset('always', true, true, 'Z') : offset('always', false, false, '+0000');
    case 'V':
      if (count !== 2) throw invalid(`Pattern letter count must be 2: ${letter}`);
      return { kind: 'zone', form: 'id' };
    case 'z':
      if (count > 4) throw tooMany(letter);
      return { kind: 'zone', form: count === 4 ? 'full' : 'short' };
    case 'O':
      if (count !== 1 && count !== 4) throw invalid(`Pattern letter count must be 1 or 4: ${letter}`);
      return { kind: 'zone', form: count === 1 ? 'gmt-short' : 'gmt-full' };
    default:
      throw invalid(`Unknown pattern letter: ${letter}`);
  }
}
