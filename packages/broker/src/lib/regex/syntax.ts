import { BrokerError } from '../broker-error.ts';

/** A part of a regular expression. A `set` matches one character of its ranges, or of none of them. */
export type Node =
  | { readonly kind: 'set'; readonly ranges: readonly Range[]; readonly isNegated: boolean }
  | { readonly kind: 'edge'; readonly at: 'begin' | 'end' | 'word' | 'not-word' }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number };

/** First and last character code. */
export type Range = readonly [number, number];

/** As in RE2: what is repeated more often makes programs too large. */
const REPEAT_MAX = 1000;
const LENGTH_MAX = 10_000;
const DEPTH_MAX = 200;

const DIGITS: readonly Range[] = [[48, 57]];
const WORD: readonly Range[] = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: readonly Range[] = [
  [9, 10],
  [12, 13],
  [32, 32],
];
const CLASSES: Readonly<Record<string, readonly Range[]>> = { d: DIGITS, w: WORD, s: SPACE };
const POSIX: Readonly<Record<string, readonly Range[]>> = {
  alnum: [
    [48, 57],
    [65, 90],
    [97, 122],
  ],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: DIGITS,
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: WORD,
  xdigit: [
    [48, 57],
    [65, 70],
    [97, 102],
  ],
};
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, t: 9, n: 10, r: 13, v: 11 };
const EDGES: Readonly<Record<string, 'begin' | 'end' | 'word' | 'not-word'>> = {
  A: 'begin',
  z: 'end',
  b: 'word',
  B: 'not-word',
};

/**
 * Reads a regular expression in the syntax of RE2, as far as it says something about names and ids: without classes of
 * Unicode, and without captures, since nobody asks for them.
 *
 * @throws BrokerError `INVALID_REGULAR_EXPRESSION`
 */
export function parseRegex(text: string): Node {
  if (text.length > LENGTH_MAX) throw invalid(text.slice(0, 40), `it is longer than ${LENGTH_MAX} characters`);
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #depth = 0;
  #ignoresCase = false;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): Node {
    const node = this.#choice();
    if (this.#at < this.#text.length) throw this.#invalid('unexpected )');
    return node;
  }

  #choice(): Node {
    if (++this.#depth > DEPTH_MAX) throw this.#invalid('nested too deeply');
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    this.#depth -= 1;
    return parts.length === 1 ? parts[0]! : { kind: 'choice', parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.#text.length && !this.#sees('|') && !this.#sees(')')) {
      if (this.#take('\\Q')) parts.push(...this.#quoted());
      else parts.push(this.#repeated());
    }
    return { kind: 'sequence', parts };
  }

  #repeated(): Node {
    const part = this.#atom();
    const counts = this.#counts();
    if (counts === null) return part;
    // Whether it takes as much or as little as it can makes no difference to whether the whole matches.
    this.#take('?');
    if (this.#counts() !== null) throw this.#invalid('invalid nested repetition operator');
    return { kind: 'repeat', part, ...counts };
  }

  #counts(): { readonly min: number; readonly max: number } | null {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { min: 0, max: 1 };
    const braces = /^\{(\d+)(?:(,)(\d*))?\}/.exec(this.#text.slice(this.#at, this.#at + 16));
    if (braces === null) return null;
    this.#at += braces[0].length;
    const min = Number(braces[1]);
    const max = braces[2] === undefined ? min : braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]);
    const finite = Number.isFinite(max) ? max : min;
    if (finite < min || finite > REPEAT_MAX) throw this.#invalid('invalid repeat count');
    return { min, max };
  }

  #atom(): Node {
    const character = this.#text[this.#at]!;
    switch (character) {
      case '(':
        return this.#group();
      case '[':
        return this.#set();
      case '*':
      case '+':
      case '?':
        throw this.#invalid('missing argument to repetition operator');
      case '\\':
        return this.#escaped();
      case '.':
        this.#at += 1;
        return { kind: 'set', ranges: [[10, 10]], isNegated: true };
      case '^':
        this.#at += 1;
        return { kind: 'edge', at: 'begin' };
      case '$':
        this.#at += 1;
        return { kind: 'edge', at: 'end' };
      default:
        this.#at += 1;
        return this.#literal(character.charCodeAt(0));
    }
  }

  #group(): Node {
    this.#at += 1;
    const ignoredCase = this.#ignoresCase;
    if (this.#take('?')) {
      const head = /^(?:P?<\w+>|([imsU]*)(?:-([imsU]+))?([:)]))/.exec(this.#text.slice(this.#at));
      if (head === null) throw this.#invalid('invalid or unsupported group syntax');
      this.#at += head[0].length;
      if (head[1]?.includes('i')) this.#ignoresCase = true;
      if (head[2]?.includes('i')) this.#ignoresCase = false;
      // Flags without a group hold to the end of the group around them.
      if (head[3] === ')') return { kind: 'sequence', parts: [] };
    }
    const node = this.#choice();
    if (!this.#take(')')) throw this.#invalid('missing closing )');
    this.#ignoresCase = ignoredCase;
    return node;
  }

  #quoted(): Node[] {
    const end = this.#text.indexOf('\\E', this.#at);
    const quoted = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at = end < 0 ? this.#text.length : end + 2;
    return [...quoted].map((character) => this.#literal(character.charCodeAt(0)));
  }

  #escaped(): Node {
    const name = this.#text[this.#at + 1];
    const edge = name === undefined ? undefined : EDGES[name];
    if (edge !== undefined) {
      this.#at += 2;
      return { kind: 'edge', at: edge };
    }
    const ranges = this.#classOrCharacter();
    return 'isNegated' in ranges
      ? { kind: 'set', ranges: ranges.ranges, isNegated: ranges.isNegated }
      : this.#literal(ranges.code);
  }

  /** What a backslash stands for, inside of a set or not. */
  #classOrCharacter(): { readonly code: number } | { readonly ranges: readonly Range[]; readonly isNegated: boolean } {
    this.#at += 1;
    const name = this.#text[this.#at];
    if (name === undefined) throw this.#invalid('trailing backslash at end of expression');
    const known = CLASSES[name.toLowerCase()];
    if (known !== undefined) {
      this.#at += 1;
      return { ranges: known, isNegated: name !== name.toLowerCase() };
    }
    const control = CONTROLS[name];
    const hex = /^x(?:([0-9a-fA-F]{2})|\{([0-9a-fA-F]+)\})/.exec(this.#text.slice(this.#at));
    if (hex !== null) {
      this.#at += hex[0].length;
      return { code: Number.parseInt(hex[1] ?? hex[2]!, 16) };
    }
    if (control === undefined && /[A-Za-z0-9]/.test(name)) throw this.#invalid('invalid escape sequence');
    this.#at += 1;
    return { code: control ?? name.charCodeAt(0) };
  }

  #set(): Node {
    this.#at += 1;
    const isNegated = this.#take('^');
    const ranges: Range[] = [];
    for (let isFirst = true; isFirst || !this.#sees(']'); isFirst = false) {
      if (this.#at >= this.#text.length) throw this.#invalid('missing closing ]');
      ranges.push(...this.#setItem());
    }
    this.#at += 1;
    return { kind: 'set', ranges: this.#ignoresCase ? ranges.flatMap(bothCases) : ranges, isNegated };
  }

  #setItem(): readonly Range[] {
    const posix = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at));
    if (posix !== null) {
      const ranges = POSIX[posix[2]!];
      if (ranges === undefined) throw this.#invalid('invalid character class range');
      this.#at += posix[0].length;
      return posix[1] === '' ? ranges : inverted(ranges);
    }
    const first = this.#setCharacter();
    if ('ranges' in first) return first.isNegated ? inverted(first.ranges) : first.ranges;
    const isRange = this.#sees('-') && this.#text[this.#at + 1] !== ']' && this.#at + 1 < this.#text.length;
    if (!isRange) return [[first.code, first.code]];
    this.#at += 1;
    const last = this.#setCharacter();
    if ('ranges' in last || last.code < first.code) throw this.#invalid('invalid character class range');
    return [[first.code, last.code]];
  }

  #setCharacter(): { readonly code: number } | { readonly ranges: readonly Range[]; readonly isNegated: boolean } {
    if (this.#sees('\\')) return this.#classOrCharacter();
    const code = this.#text.charCodeAt(this.#at);
    this.#at += 1;
    return { code };
  }

  #literal(code: number): Node {
    const range: Range = [code, code];
    return { kind: 'set', ranges: this.#ignoresCase ? bothCases(range) : [range], isNegated: false };
  }

  #sees(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (!this.#sees(text)) return false;
    this.#at += text.length;
    return true;
  }

  #invalid(why: string): BrokerError {
    return invalid(this.#text, `${why} at position ${this.#at}`);
  }
}

/** The letters of a range in both cases; the rest as it is. */
function bothCases([first, last]: Range): Range[] {
  const ranges: Range[] = [[first, last]];
  const add = (from: number, to: number, by: number): void => {
    const low = Math.max(first, from);
    const high = Math.min(last, to);
    if (low <= high) ranges.push([low + by, high + by]);
  };
  add(65, 90, 32);
  add(97, 122, -32);
  return ranges;
}

function inverted(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  let next = 0;
  for (const [first, last] of [...ranges].sort((left, right) => left[0] - right[0])) {
    if (first > next) result.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  result.push([next, 0x10ffff]);
  return result;
}

function invalid(text: string, why: string): BrokerError {
  return new BrokerError('INVALID_REGULAR_EXPRESSION', `\`${text}\` is not a valid regular expression: ${why}.`);
}
