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

const BLANK = new Set([0x20, 0x09, 0x0a, 0x0d]);
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
/** Texts are at most a record long; this bounds the stack, not the data. */
const NESTING_MAX = 1000;

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const MINUS = 0x2d;
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
    while (BLANK.has(this.text.charCodeAt(this.at))) this.at++;
    return this.text.charCodeAt(this.at);
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

  /** The spelling of a number. */
  number(): string {
    this.peek();
    NUMBER.lastIndex = this.at;
    const match = NUMBER.exec(this.text);
    if (match === null) throw this.unexpected();
    this.at += match[0].length;
    return match[0];
  }

  /** Whether a number is next; anything else that may begin a value is a letter, a quote or a bracket. */
  get isNumber(): boolean {
    const code = this.peek();
    return code === MINUS || (code >= 0x30 && code <= 0x39);
  }

  get isBoolean(): boolean {
    const code = this.peek();
    return code === LETTER_T || code === LETTER_F;
  }

  /** Runs `each` before every element of an array; the cursor stands at its bracket. */
  array(each: (index: number) => void): void {
    this.#nested(() => {
      this.expect(OPEN_BRACKET);
      if (this.take(CLOSE_BRACKET)) return;
      let index = 0;
      do each(index++);
      while (this.take(COMMA));
      this.expect(CLOSE_BRACKET);
    });
  }

  /** Runs `each` before the value of every field of an object; the cursor stands at its brace. */
  object(each: (name: string) => void): void {
    this.#nested(() => {
      this.expect(OPEN_BRACE);
      if (this.take(CLOSE_BRACE)) return;
      do {
        const name = this.string();
        this.expect(COLON);
        each(name);
      } while (this.take(COMMA));
      this.expect(CLOSE_BRACE);
    });
  }

  #nested(read: () => void): void {
    if (++this.#depth > NESTING_MAX) throw new JsonProblem(`JSON is nested deeper than ${NESTING_MAX} levels`);
    read();
    this.#depth--;
  }

  /** Passes over a value, checking its form. */
  skip(): void {
    switch (this.peek()) {
      case QUOTE:
        this.string();
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
        this.number();
    }
  }
}
