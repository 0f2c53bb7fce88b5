import { type PatternReader, syntaxError } from './pattern-reader.ts';

/** Character classes and escapes of Java's regular expressions, in JavaScript's words. */

/** What an escape stands for: one character, or what stands between the brackets of a class. */
export type Escape =
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'class'; readonly inner: string; readonly negated: boolean };

/** A character that stands for itself, within a class and outside. */
export function quoteUnit(unit: string): string {
  return /[A-Za-z0-9]/.test(unit) ? unit : `\\u{${unit.codePointAt(0)!.toString(16)}}`;
}

/** An escape as a class or a character of its own; classes may stand in classes. */
export function inClass(read: Escape): string {
  return read.kind === 'unit' ? quoteUnit(read.unit) : `[${read.negated ? '^' : ''}${read.inner}]`;
}

const SPACE = ' \\t\\n\\v\\f\\r';
const HORIZONTAL = ' \\t\\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000';
const VERTICAL = '\\n\\v\\f\\r\\x85\\u2028\\u2029';
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', s: SPACE, w: 'A-Za-z0-9_', h: HORIZONTAL, v: VERTICAL };
const UNITS: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f', a: '\x07', e: '\x1b' };

/** Behind the backslash. @throws SyntaxError */
export function readEscape(reader: PatternReader): Escape {
  const letter = reader.take();
  const known = CLASSES[letter.toLowerCase()];
  if (known !== undefined && /[dswhvDSWHV]/.test(letter)) {
    return { kind: 'class', inner: known, negated: letter !== letter.toLowerCase() };
  }
  if (letter === 'p' || letter === 'P') return readProperty(reader, letter === 'P');
  if (UNITS[letter] !== undefined) return { kind: 'unit', unit: UNITS[letter] };
  if (/[xu0c]/.test(letter)) return { kind: 'unit', unit: readCode(reader, letter) };
  if (/[A-Za-z]/.test(letter)) throw syntaxError(reader, 'Illegal/unsupported escape sequence');
  return { kind: 'unit', unit: letter };
}

function readCode(reader: PatternReader, letter: string): string {
  const forms: Readonly<Record<string, RegExp>> = {
    x: /[0-9a-fA-F]{2}|\{[0-9a-fA-F]{1,6}\}/y,
    u: /[0-9a-fA-F]{4}/y,
    '0': /[0-3]?[0-7]{1,2}/y,
    c: /[ -~]/y,
  };
  const found = reader.takeMatch(forms[letter]!);
  if (found === undefined) throw syntaxError(reader, `Illegal escape sequence \\${letter}`);
  if (letter === 'c') return String.fromCharCode(found.charCodeAt(0) ^ 64);
  return String.fromCodePoint(Number.parseInt(found.replace(/[{}]/g, ''), letter === '0' ? 8 : 16));
}

const PROPERTIES: Readonly<Record<string, string>> = {
  Lower: 'a-z',
  Upper: 'A-Z',
  ASCII: '\\x00-\\x7f',
  Alpha: 'A-Za-z',
  Digit: '0-9',
  Alnum: 'A-Za-z0-9',
  Punct: '\\x21-\\x2f\\x3a-\\x40\\x5b-\\x60\\x7b-\\x7e',
  Graph: '\\x21-\\x7e',
  Print: '\\x20-\\x7e',
  Blank: ' \\t',
  Cntrl: '\\x00-\\x1f\\x7f',
  XDigit: '0-9A-Fa-f',
  Space: SPACE,
  javaLowerCase: '\\p{Lowercase}',
  javaUpperCase: '\\p{Uppercase}',
  javaLetter: '\\p{L}',
  javaDigit: '\\p{Nd}',
  javaLetterOrDigit: '\\p{L}\\p{Nd}',
  javaAlphabetic: '\\p{Alphabetic}',
  javaWhitespace: '\\p{Z}\\t\\n\\v\\f\\r\\x1c-\\x1f',
  IsAlphabetic: '\\p{Alphabetic}',
  IsLetter: '\\p{L}',
  IsDigit: '\\p{Nd}',
  IsLowercase: '\\p{Lowercase}',
  IsUppercase: '\\p{Uppercase}',
  IsPunctuation: '\\p{P}',
  IsWhite_Space: '\\p{White_Space}',
  IsIdeographic: '\\p{Ideographic}',
};

function readProperty(reader: PatternReader, negated: boolean): Escape {
  const found = reader.takeMatch(/[A-Z]|\{\^?[A-Za-z_ =-]+\}/y);
  if (found === undefined) throw syntaxError(reader, 'Unknown character property');
  const name = found.replace(/[{}^]/g, '');
  return { kind: 'class', inner: propertyNamed(reader, name), negated: negated !== found.includes('^') };
}

/** A general category such as Lu, or a script: `IsLatin`, `script=Latin`. */
function propertyNamed(reader: PatternReader, name: string): string {
  const known = PROPERTIES[name];
  if (known !== undefined) return known;
  const bare = name.replace(/^Is/, '');
  const [, script] = /^(?:script|sc)=(\w+)$/i.exec(name) ?? [];
  for (const property of [`\\p{${script === undefined ? bare : `Script=${script}`}}`, `\\p{Script=${bare}}`]) {
    if (isProperty(property)) return property;
  }
  throw syntaxError(reader, `Unknown character property name {${name}}`);
}

function isProperty(property: string): boolean {
  try {
    new RegExp(property, 'v');
    return true;
  } catch {
    return false;
  }
}

const NESTING_MAX = 100;

/** Behind the opening bracket. Brackets within unite, `&&` intersects with all that follows. @throws SyntaxError */
export function readClass(reader: PatternReader, depth = 0): string {
  if (depth > NESTING_MAX) throw syntaxError(reader, 'Character class is nested too deeply');
  const negated = reader.takeText('^');
  const sides: string[] = [];
  let side = '';
  for (let first = true; ; first = false) {
    if (reader.isAtEnd) throw syntaxError(reader, 'Unclosed character class');
    if (!first && reader.takeText(']')) break;
    if (reader.takeText('&&')) {
      sides.push(`[${side}]`);
      side = '';
    } else side += readMember(reader, depth);
  }
  sides.push(`[${side}]`);
  return `[${negated ? '^' : ''}${sides.length === 1 ? side : sides.filter((each) => each !== '[]').join('&&')}]`;
}

function readMember(reader: PatternReader, depth: number): string {
  if (reader.takeText('[')) return readClass(reader, depth + 1);
  const from = readUnit(reader);
  if (from.kind === 'class' || !/-(?=[^\][&])/y.test(reader.text.slice(reader.at, reader.at + 2))) return inClass(from);
  reader.take();
  const to = readUnit(reader);
  if (to.kind === 'class') return `${inClass(from)}${quoteUnit('-')}${inClass(to)}`;
  if (to.unit.codePointAt(0)! < from.unit.codePointAt(0)!) throw syntaxError(reader, 'Illegal character range');
  return `${quoteUnit(from.unit)}-${quoteUnit(to.unit)}`;
}

function readUnit(reader: PatternReader): Escape {
  const unit = reader.take();
  return unit === '\\' ? readEscape(reader) : { kind: 'unit', unit };
}
