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

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Texts are at most a record long; this bounds the stack, not the data. */
const NESTING_MAX = 1000;
/** So many digits are exact in a double, whatever they are. */
const EXACT_DIGITS_MAX = 15;

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
const CLOSE_BRACKET = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
const MINUS = 0x2d;
const LETTER_T = 0x74;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;

/** A position in a JSON text, with the moves that readers need. Reads each character once. */
export class JsonCursor {
  readonly text: string;
  at = 0;
  #depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character that is no blank, without taking it; NaN at the end. */
  peek(): number {
    let code = this.text.charCodeAt(this.at);
    while (code <= SPACE && (code === SPACE || code === LINE_FEED || code === CARRIAGE_RETURN || code === TAB)) {
      code = this.text.charCodeAt(++this.at);
    }
    return code;
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
    if (!Number.isNaN(this.peek())) throw this.unexpected();
  }

  unexpected(): JsonProblem {
    const found = this.at < this.text.length ? `'${this.text[this.at]}'` : 'end of input';
    return new JsonProblem(`Unexpected ${found} at position ${this.at} of the JSON text`);
  }

  /** A null, if it is next. */
  takeNull(): boolean {
    if (this.peek() !== LETTER_N) return false;
    this.#word('null');
    return true;
  }

  boolean(): boolean {
    const isTrue = this.peek() === LETTER_T;
    this.#word(isTrue ? 'true' : 'false');
    return isTrue;
  }

  #word(word: string): void {
    if (!this.text.startsWith(word, this.at)) throw this.unexpected();
    this.at += word.length;
  }

  string(): string {
    if (this.peek() !== QUOTE) throw this.unexpected();
    const start = this.at;
    let end = this.text.indexOf('"', start + 1);
    if (end < 0) throw new JsonProblem('Unexpected end of a JSON string');
    let plain = this.text.slice(start + 1, end);
    if (plain.includes('\\')) {
      end = this.#endOfEscaped(start);
      plain = this.#unescape(start, end);
    }
    this.at = end + 1;
    return plain;
  }

  #endOfEscaped(start: number): number {
    for (let index = start + 1; index < this.text.length; index++) {
      const code = this.text.charCodeAt(index);
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) return index;
    }
    throw new JsonProblem('Unexpected end of a JSON string');
  }

  #unescape(start: number, end: number): string {
    try {
      return JSON.parse(this.text.slice(start, end + 1)) as string;
    } catch {
      throw new JsonProblem(`Invalid JSON string at position ${start}`);
    }
  }

  /**
   * A whole number of few digits, if that is what is next; else undefined, and nothing is taken. The quick way for most
   * numbers, without a text in between.
   */
  smallInteger(): number | undefined {
    const negative = this.peek() === MINUS;
    const first = negative ? this.at + 1 : this.at;
    let value = 0;
    let index = first;
    let code = this.text.charCodeAt(index);
    for (; code >= ZERO && code <= NINE; code = this.text.charCodeAt(++index)) value = value * 10 + code - ZERO;
    const digits = index - first;
    const leadingZero = digits > 1 && this.text.charCodeAt(first) === ZERO;
    const goesOn = code === POINT || code === LETTER_E || code === LETTER_CAPITAL_E;
    if (digits === 0 || digits > EXACT_DIGITS_MAX || leadingZero || goesOn) return undefined;
    this.at = index;
    return negative ? 0 - value : value;
  }

  /** The spelling of a number. */
  number(): string {
    this.peek();
    const start = this.at;
    this.skipNumber();
    return this.text.slice(start, this.at);
  }

  skipNumber(): void {
    if (this.smallInteger() !== undefined) return;
    NUMBER.lastIndex = this.at;
    if (!NUMBER.test(this.text)) throw this.unexpected();
    this.at = NUMBER.lastIndex;
  }

  /** Passes over a text; what is escaped in it is only read where that may be wrong. */
  skipString(): void {
    const end = this.peek() === QUOTE ? this.text.indexOf('"', this.at + 1) : -1;
    const isPlain = end >= 0 && !this.text.slice(this.at, end).includes('\\');
    if (isPlain) this.at = end + 1;
    else this.string();
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

  /** Takes a field's name and colon if they are these; `quoted` is the name as spelled. Nothing is taken otherwise. */
  takeName(quoted: string): boolean {
    if (this.peek() !== QUOTE) return false;
    if (!this.text.startsWith(quoted, this.at)) return false;
    this.at += quoted.length;
    this.expect(COLON);
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
        this.skipString();
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
