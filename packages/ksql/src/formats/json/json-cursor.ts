import { decodeUtf8, encodeUtf8 } from '../../lib/utf8.ts';

/** What is wrong with a JSON text, or with a value in it; readers around it put the path in front. */
export class JsonProblem extends Error {
  readonly raw: string;
  readonly path: string;

  constructor(raw: string, path = '') {
    super(path === '' ? raw : `${raw}, path: ${path}`);
    this.raw = raw;
    this.path = path;
  }

  /** The same problem, seen from one level further out. */
  within(part: string): JsonProblem {
    return new JsonProblem(this.raw, part + this.path);
  }
}

/** Texts are at most a record long; this bounds the stack, not the data. */
const NESTING_MAX = 1000;
/** So many digits are exact in a double, whatever they are. */
const EXACT_DIGITS_MAX = 15;
/** A slice of a text holds all of it in memory, so texts that are cut up must not be long. */
const SHARED_TEXT_BYTES_MAX = 1024;

const SPACE = 0x20;
const TAB = 0x09;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const ZERO = 0x30;
const NINE = 0x39;
const POINT = 0x2e;
const LETTER_E = 0x65;
const LETTER_CAPITAL_E = 0x45;
export const QUOTE = 0x22;
const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
const PLUS = 0x2b;
const MINUS = 0x2d;
const LETTER_T = 0x74;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const BYTE_ORDER_MARK = Uint8Array.of(0xef, 0xbb, 0xbf);

const [TRUE, FALSE, NULL] = ['true', 'false', 'null'].map((word) => encodeUtf8(word)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];

/**
 * A position in the bytes of a JSON text, with the moves that readers need. What nobody asks for is passed over without
 * ever becoming a text.
 */
export class JsonCursor {
  bytes: Uint8Array;
  #start: number;
  #end: number;
  at: number;
  #depth = 0;
  /** The whole text where it has one unit for each byte, so that its parts can be cut out of it; made when first asked for. */
  #whole: string | null = null;

  constructor(bytes: Uint8Array, start: number = 0, end: number = bytes.length) {
    this.bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.at = start;
  }

  /** Goes to another text, so that one cursor can read many. */
  moveTo(bytes: Uint8Array, start: number, end: number): void {
    this.bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.at = start;
    this.#depth = 0;
    this.#whole = null;
  }

  skipByteOrderMark(): void {
    this.takeBytes(BYTE_ORDER_MARK);
  }

  /** The next byte that is no blank, without taking it; -1 at the end. */
  peek(): number {
    const { bytes } = this;
    const end = this.#end;
    let { at } = this;
    while (at < end) {
      const code = bytes[at]!;
      if (code > SPACE || !(code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB)) {
        this.at = at;
        return code;
      }
      at++;
    }
    this.at = at;
    return -1;
  }

  /** Takes `code` if it is next. */
  take(code: number): boolean {
    if (this.peek() !== code) return false;
    this.at++;
    return true;
  }

  expect(code: number): void {
    if (!this.take(code)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.peek() >= 0) throw this.unexpected();
  }

  unexpected(): JsonProblem {
    const position = decodeUtf8(this.bytes, this.#start, this.at).length;
    const [next] = decodeUtf8(this.bytes, this.at, this.#end);
    const found = next === undefined ? 'end of input' : `'${next}'`;
    return new JsonProblem(`Unexpected ${found} at position ${position} of the JSON text`);
  }

  /** A null, if it is next. */
  takeNull(): boolean {
    if (this.peek() !== LETTER_N) return false;
    this.#word(NULL);
    return true;
  }

  boolean(): boolean {
    const isTrue = this.peek() === LETTER_T;
    this.#word(isTrue ? TRUE : FALSE);
    return isTrue;
  }

  #word(word: Uint8Array): void {
    if (!this.takeBytes(word)) throw this.unexpected();
  }

  string(): string {
    if (this.peek() !== QUOTE) throw this.unexpected();
    const { bytes } = this;
    const end = this.#end;
    const start = this.at + 1;
    for (let at = start; at < end; at++) {
      const code = bytes[at]!;
      if (code === QUOTE) {
        this.at = at + 1;
        return this.#text(start, at);
      }
      if (code === BACKSLASH) return this.#unescape();
    }
    throw new JsonProblem('Unexpected end of a JSON string');
  }

  #text(from: number, to: number): string {
    const start = this.#start;
    const size = this.#end - start;
    if (size > SHARED_TEXT_BYTES_MAX) return decodeUtf8(this.bytes, from, to);
    this.#whole ??= decodeUtf8(this.bytes, start, this.#end);
    const whole = this.#whole;
    // No character has more units than bytes, so with as many of both in all each stands at its own place.
    return whole.length === size ? whole.substring(from - start, to - start) : decodeUtf8(this.bytes, from, to);
  }

  /** The string at the cursor, something in which is escaped. */
  #unescape(): string {
    const start = this.at;
    for (let at = start + 1; at < this.#end; at++) {
      const code = this.bytes[at]!;
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) {
        try {
          const text = JSON.parse(decodeUtf8(this.bytes, start, at + 1)) as string;
          this.at = at + 1;
          return text;
        } catch {
          const position = decodeUtf8(this.bytes, this.#start, start).length;
          throw new JsonProblem(`Invalid JSON string at position ${position}`);
        }
      }
    }
    throw new JsonProblem('Unexpected end of a JSON string');
  }

  /**
   * A whole number of few digits, if that is what is next; else undefined, and nothing is taken. The quick way for most
   * numbers, without a text in between.
   */
  smallInteger(): number | undefined {
    const negative = this.peek() === MINUS;
    const { bytes } = this;
    const end = this.#end;
    const first = negative ? this.at + 1 : this.at;
    let value = 0;
    let at = first;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    const digits = at - first;
    if (digits === 0 || digits > EXACT_DIGITS_MAX || (digits > 1 && bytes[first] === ZERO)) return undefined;
    if (at < end) {
      const code = bytes[at]!;
      if (code === POINT || code === LETTER_E || code === LETTER_CAPITAL_E) return undefined;
    }
    this.at = at;
    return negative ? 0 - value : value;
  }

  /** The spelling of a number. */
  number(): string {
    this.peek();
    const start = this.at;
    this.skipNumber();
    return this.#text(start, this.at);
  }

  skipNumber(): void {
    if (this.smallInteger() !== undefined) return;
    let at = this.#at(this.at) === MINUS ? this.at + 1 : this.at;
    const digits = this.#at(at) === ZERO ? at + 1 : this.#endOfDigits(at);
    if (digits === at) throw this.unexpected();
    at = digits;
    // A point or an exponent without digits behind it is no part of the number.
    if (this.#at(at) === POINT) at = this.#endOfDigits(at + 1, at);
    const letter = this.#at(at);
    if (letter === LETTER_E || letter === LETTER_CAPITAL_E) {
      const sign = this.#at(at + 1);
      at = this.#endOfDigits(sign === MINUS || sign === PLUS ? at + 2 : at + 1, at);
    }
    this.at = at;
  }

  /** Behind the digits at a place; `none` where there are none. */
  #endOfDigits(from: number, none: number = from): number {
    let at = from;
    for (let code = this.#at(at); code >= ZERO && code <= NINE; code = this.#at(at)) at++;
    return at === from ? none : at;
  }

  #at(place: number): number {
    return place < this.#end ? this.bytes[place]! : -1;
  }

  /** Passes over a text; what is escaped in it is only read where that may be wrong. */
  #skipString(): void {
    const { bytes } = this;
    const end = this.#end;
    for (let at = this.at + 1; at < end; at++) {
      const code = bytes[at]!;
      if (code === BACKSLASH) break;
      if (code === QUOTE) {
        this.at = at + 1;
        return;
      }
    }
    this.string();
  }

  /** Whether a number is next; anything else that may begin a value is a letter, a quote or a bracket. */
  get isNumber(): boolean {
    const code = this.peek();
    return code === MINUS || (code >= ZERO && code <= NINE);
  }

  get isBoolean(): boolean {
    const code = this.peek();
    return code === LETTER_T || code === LETTER_F;
  }

  /** Runs `each` before every element of an array; the cursor stands at its bracket. */
  array(each: (index: number) => void): void {
    this.enter();
    this.expect(OPEN_BRACKET);
    if (!this.take(CLOSE_BRACKET)) {
      let index = 0;
      do each(index++);
      while (this.take(COMMA));
      this.expect(CLOSE_BRACKET);
    }
    this.leave();
  }

  /** Takes these bytes if they are next, blanks included. */
  takeBytes(expected: Uint8Array): boolean {
    const { bytes, at } = this;
    const size = expected.length;
    if (at + size > this.#end) return false;
    for (let index = 0; index < size; index++) if (bytes[at + index] !== expected[index]) return false;
    this.at = at + size;
    return true;
  }

  /** A field's name; its colon is taken too. */
  name(): string {
    const name = this.string();
    this.expect(COLON);
    return name;
  }

  /** One level further in; {@link leave} must follow. */
  enter(): void {
    if (++this.#depth > NESTING_MAX) throw new JsonProblem(`JSON is nested deeper than ${NESTING_MAX} levels`);
  }

  leave(): void {
    this.#depth--;
  }

  /** Runs `each` before the value of every field of an object; the cursor stands at its brace. */
  object(each: (name: string) => void): void {
    this.enter();
    this.expect(OPEN_BRACE);
    if (!this.take(CLOSE_BRACE)) {
      do each(this.name());
      while (this.take(COMMA));
      this.expect(CLOSE_BRACE);
    }
    this.leave();
  }

  /** Passes over a value, checking its form. */
  skip(): void {
    switch (this.peek()) {
      case QUOTE:
        this.#skipString();
        break;
      case OPEN_BRACE:
        this.object(() => this.skip());
        break;
      case OPEN_BRACKET:
        this.array(() => this.skip());
        break;
      case LETTER_T:
      case LETTER_F:
        this.boolean();
        break;
      case LETTER_N:
        this.takeNull();
        break;
      default:
        this.skipNumber();
    }
  }
}
