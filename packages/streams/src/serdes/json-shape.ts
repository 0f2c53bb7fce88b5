// Records of a topic nearly always have the same keys in the same order. Once that is known, a record is read by going
// through its bytes with the keys already in hand: half the time of JSON.parse, which has to find out anew each time what
// the object looks like. A shape reads what it is sure about and nothing else; the rest is left to JSON.parse, so that
// what is read and what is refused are always JSON.parse's own.

/** Says that a record is not of this shape, or is no JSON at all. */
export const MISS: unique symbol = Symbol('miss');

const KEYS_MAX = 64;
/** A slice of a text holds all of it in memory, so texts that are cut up must not be long. */
const TEXT_BYTES_MAX = 1024;
/** Whole numbers of so many digits, and quotients of them by these powers of ten, are exact or rounded once. */
const DIGITS_MAX = 15;
const POWERS_OF_TEN = Array.from({ length: DIGITS_MAX + 1 }, (_, exponent) => 10 ** exponent);

const QUOTE = 0x22;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const BACKSLASH = 0x5c;
const BRACE_OPEN = 0x7b;
const BRACE_CLOSE = 0x7d;

const encoder = new TextEncoder();
const WORDS: readonly (readonly [Uint8Array, boolean | null])[] = [
  [encoder.encode('true'), true],
  [encoder.encode('false'), false],
  [encoder.encode('null'), null],
];

type Latin1 = (bytes: Uint8Array, start: number, end: number) => string;

/** The keys of an object in their order, each with the shape of its value where that is an object, too. */
export class JsonShape {
  /** What stands before each value: `{"key":`, `,"key":`. */
  readonly #prefixes: readonly Uint8Array[];
  readonly #inner: readonly (JsonShape | null)[];
  readonly #values: unknown[];
  readonly #make: (values: readonly unknown[]) => unknown;
  readonly #latin1: Latin1;

  private constructor(keys: readonly string[], inner: readonly (JsonShape | null)[], latin1: Latin1) {
    this.#prefixes = keys.map((key, at) => encoder.encode(`${at === 0 ? '{' : ','}${JSON.stringify(key)}:`));
    this.#inner = inner;
    this.#values = keys.map(() => null);
    this.#make = objectMaker(keys);
    this.#latin1 = latin1;
  }

  /** The shape of a value that JSON.parse gave; null for one that shapes don't read, such as those with lists. */
  static of(value: unknown, latin1: Latin1): JsonShape | null {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const keys = Object.keys(value);
    // A key of this name would set the prototype of the object that is made.
    if (keys.length === 0 || keys.length > KEYS_MAX || keys.includes('__proto__')) return null;
    const inner: (JsonShape | null)[] = [];
    for (const member of Object.values(value) as unknown[]) {
      const isObject = typeof member === 'object' && member !== null;
      const shape = isObject ? JsonShape.of(member, latin1) : null;
      if (isObject && shape === null) return null;
      inner.push(shape);
    }
    return new JsonShape(keys, inner, latin1);
  }

  read(bytes: Uint8Array, start: number, end: number): unknown {
    if (end - start > TEXT_BYTES_MAX) return MISS;
    const scan = new Scan(bytes, start, end, this.#latin1);
    const value = this.#read(scan);
    return scan.at === end ? value : MISS;
  }

  #read(scan: Scan): unknown {
    const prefixes = this.#prefixes;
    const values = this.#values;
    for (let field = 0; field < prefixes.length; field++) {
      if (!scan.skip(prefixes[field]!)) return MISS;
      const shape = this.#inner[field]!;
      const value = shape !== null && scan.next === BRACE_OPEN ? shape.#read(scan) : scan.readPlain();
      if (value === MISS) return MISS;
      values[field] = value;
    }
    if (scan.next !== BRACE_CLOSE) return MISS;
    scan.at++;
    return this.#make(values);
  }
}

/** A position in the bytes of one record. */
class Scan {
  at: number;
  readonly #bytes: Uint8Array;
  readonly #start: number;
  readonly #end: number;
  readonly #latin1: Latin1;
  #text: string | null = null;

  constructor(bytes: Uint8Array, start: number, end: number, latin1: Latin1) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#latin1 = latin1;
    this.at = start;
  }

  /** The byte that comes next; behind the end there are more bytes perhaps, and none of them may be used. */
  get next(): number {
    return this.at < this.#end ? this.#bytes[this.at]! : -1;
  }

  /** Goes behind these bytes if they are there. */
  skip(expected: Uint8Array): boolean {
    const bytes = this.#bytes;
    const { at } = this;
    const size = expected.length;
    if (at + size > this.#end) return false;
    for (let index = 0; index < size; index++) if (bytes[at + index] !== expected[index]) return false;
    this.at = at + size;
    return true;
  }

  /** A string without escapes, a number without exponent, a word. */
  readPlain(): unknown {
    const byte = this.next;
    if (byte === QUOTE) return this.#readString();
    if (byte === MINUS || (byte >= ZERO && byte <= NINE)) return this.#readNumber();
    for (const [word, value] of WORDS) if (this.skip(word)) return value;
    return MISS;
  }

  #readString(): string | typeof MISS {
    const bytes = this.#bytes;
    const end = this.#end;
    const from = this.at + 1;
    for (let at = from; at < end; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.at = at + 1;
        this.#text ??= this.#latin1(bytes, this.#start, end);
        return this.#text.substring(from - this.#start, at - this.#start);
      }
      // Only printable ASCII stands for itself.
      if (byte < 0x20 || byte > 0x7e || byte === BACKSLASH) return MISS;
    }
    return MISS;
  }

  #readNumber(): number | typeof MISS {
    const isNegative = this.next === MINUS;
    if (isNegative) this.at++;
    const from = this.at;
    let value = this.#readDigits(0);
    const digits = this.at - from;
    if (digits === 0 || (digits > 1 && this.#bytes[from] === ZERO)) return MISS;
    if (this.next === POINT) {
      this.at++;
      const fractionFrom = this.at;
      value = this.#readDigits(value);
      const fractionDigits = this.at - fractionFrom;
      if (fractionDigits === 0 || digits + fractionDigits > DIGITS_MAX) return MISS;
      value /= POWERS_OF_TEN[fractionDigits]!;
    } else if (digits > DIGITS_MAX) return MISS;
    // Whatever else follows, an exponent for one, is no end of a value and found out by whoever reads on.
    return isNegative ? -value : value;
  }

  #readDigits(before: number): number {
    const bytes = this.#bytes;
    const end = this.#end;
    let value = before;
    let { at } = this;
    for (; at < end; at++) {
      const digit = bytes[at]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    this.at = at;
    return value;
  }
}

/**
 * A function that makes an object of these keys from its values: written out, since an object that is put together key
 * by key costs more than all the rest.
 *
 * @throws EvalError where the process forbids code from strings.
 */
function objectMaker(keys: readonly string[]): (values: readonly unknown[]) => unknown {
  const members = keys.map((key, at) => `${JSON.stringify(key)}: values[${at}]`);
  return new Function('values', `return { ${members.join(', ')} };`) as (values: readonly unknown[]) => unknown;
}
