import { PatternReader, syntaxError } from './pattern-reader.ts';
import { inClass, quoteUnit, readClass, readEscape } from './regex-class.ts';

/** A pattern of Java in JavaScript's words, for the flag `v`. */
export type Translation = {
  readonly source: string;
  /** Of each of Java's groups the number that it has here, the whole match being the first. */
  readonly groups: readonly number[];
  readonly names: ReadonlyMap<string, number>;
};

/** @throws SyntaxError */
export function translateRegex(pattern: string): Translation {
  const translator = new Translator(pattern);
  const { source, numbers } = numberGroups(translator.translate());
  return { source, groups: [0, ...translator.groups.map((group) => numbers.get(group)!)], names: translator.names };
}

/** What stands between `\\Q` and `\\E`, or the end, as single characters that stand for themselves. */
function unquote(pattern: string): string {
  return pattern.replace(/(\\\\)|\\Q([\s\S]*?)(?:\\E|$)/g, (_, backslash?: string, quoted?: string) =>
    backslash === undefined ? quoted!.replace(/[^A-Za-z0-9]/gu, (unit) => `\\${unit}`) : backslash,
  );
}

/** Groups are numbered when all of them stand: until then a mark is behind their parenthesis, and one where they are meant. */
const OPENED = '\x01';
const MEANT = '\x02';
const MARK_END = '\x03';

function numberGroups(marked: string): { readonly source: string; readonly numbers: ReadonlyMap<number, number> } {
  const numbers = new Map<number, number>();
  const source = marked.replace(new RegExp(`${OPENED}(\\d+)${MARK_END}`, 'g'), (_, group: string) => {
    numbers.set(Number(group), numbers.size + 1);
    return '';
  });
  const meant = new RegExp(`${MEANT}(\\d+)${MARK_END}`, 'g');
  return { source: source.replace(meant, (_, group: string) => `\\${numbers.get(Number(group))}`), numbers };
}

/** Flags that can be set within a pattern: i, s, m, x, d; u and U change nothing here. */
type Flags = ReadonlySet<string>;

const FLAGS = 'idmsuxU';
const TERMINATORS = '\\n\\r\\x85\\u2028\\u2029';
const AT_START = '(?<![^])';
const AT_END = '(?![^])';
/** Before a line's end, but never between the two signs of one. */
const BEFORE_TERMINATOR = '\\r\\n|(?<!\\r)\\n|[\\r\\x85\\u2028\\u2029]';
const AT_LAST_LINE_END = `(?=(?:${BEFORE_TERMINATOR})?${AT_END})`;
const LOOKING = /^(?:\(\?<?[=!]|\\[bB]$)/;
const NESTING_MAX = 200;

class Translator {
  /** The mark of each of Java's groups, in order. */
  readonly groups: number[] = [];
  readonly names = new Map<string, number>();
  readonly #reader: PatternReader;
  #flags: Flags = new Set();
  /** Groups so far: Java's, and those that stand for what JavaScript has no word for. */
  #marks = 0;
  #depth = 0;

  constructor(pattern: string) {
    this.#reader = new PatternReader(unquote(pattern));
  }

  translate(): string {
    const source = this.#alternatives();
    if (!this.#reader.isAtEnd) throw syntaxError(this.#reader, "Unmatched closing ')'");
    return source;
  }

  /** Up to the end or to a closing parenthesis, which stays. Flags that are set within hold until there. */
  #alternatives(): string {
    if (++this.#depth > NESTING_MAX) throw syntaxError(this.#reader, 'Pattern is nested too deeply');
    const outer = this.#flags;
    let source = '';
    for (;;) {
      this.#skipComments();
      const next = this.#reader.peek();
      if (next === undefined || next === ')') break;
      source += next === '|' ? this.#reader.take() : this.#quantified();
    }
    this.#flags = outer;
    this.#depth--;
    return source;
  }

  #skipComments(): void {
    if (!this.#flags.has('x')) return;
    for (;;) {
      const next = this.#reader.peek();
      if (next === '#') while (!this.#reader.isAtEnd && this.#reader.peek() !== '\n') this.#reader.take();
      else if (next !== undefined && /\s/.test(next)) this.#reader.take();
      else return;
    }
  }

  #quantified(): string {
    const single = this.#atom();
    this.#skipComments();
    const quantifier = this.#quantifier();
    if (quantifier === '') return single;
    if (single === '') {
      this.#reader.takeMatch(/[?+]/y);
      return '';
    }
    // What only looks can be repeated in Java, to no effect.
    const atom = LOOKING.test(single) ? `(?:${single})` : single;
    if (this.#reader.takeText('?')) return `${atom}${quantifier}?`;
    return this.#reader.takeText('+') ? this.#atomic(atom + quantifier) : atom + quantifier;
  }

  /** JavaScript has no groups that keep what they took, but what it looked ahead at it keeps. */
  #atomic(inner: string): string {
    const mark = ++this.#marks;
    return `(?:(?=(${OPENED}${mark}${MARK_END}${inner}))${MEANT}${mark}${MARK_END})`;
  }

  #quantifier(): string {
    const next = this.#reader.peek();
    if (next === '*' || next === '+' || next === '?') return this.#reader.take();
    if (next !== '{') return '';
    const repetition = this.#reader.takeMatch(/\{\d+(?:,\d*)?\}/y);
    if (repetition === undefined) throw syntaxError(this.#reader, 'Illegal repetition');
    return repetition;
  }

  #atom(): string {
    const next = this.#reader.take();
    switch (next) {
      case '(':
        return this.#group();
      case '[':
        return this.#caseless(readClass(this.#reader));
      case '\\':
        return this.#escape();
      case '.':
        if (this.#flags.has('s')) return '[^]';
        return this.#flags.has('d') ? '[^\\n]' : `[^${TERMINATORS}]`;
      case '^':
        if (!this.#flags.has('m')) return AT_START;
        return `(?:${AT_START}|(?<=[\\n\\x85\\u2028\\u2029]|\\r(?!\\n))(?=[^]))`;
      case '$':
        return this.#flags.has('m') ? `(?=${BEFORE_TERMINATOR}|${AT_END})` : AT_LAST_LINE_END;
      case '*':
      case '+':
      case '?':
        throw syntaxError(this.#reader, `Dangling meta character '${next}'`);
      case '{':
        // Behind a quantifier it repeats nothing.
        this.#reader.at--;
        return '';
      default:
        return this.#caseless(quoteUnit(next));
    }
  }

  #caseless(atom: string): string {
    return this.#flags.has('i') ? `(?i:${atom})` : atom;
  }

  #group(): string {
    const reader = this.#reader;
    if (!reader.takeText('?')) return this.#capturing();
    for (const opening of [':', '=', '!', '<=', '<!']) {
      if (reader.takeText(opening)) return this.#closed(`(?${opening}${this.#alternatives()})`);
    }
    if (reader.takeText('>')) return this.#closed(this.#atomic(this.#alternatives()));
    const name = reader.takeMatch(/<[a-zA-Z][a-zA-Z0-9]*>/y)?.slice(1, -1);
    if (name === undefined) return this.#flagged();
    if (this.names.has(name)) throw syntaxError(reader, `Named capturing group <${name}> is already defined`);
    this.names.set(name, this.groups.length + 1);
    return this.#capturing();
  }

  #capturing(): string {
    const mark = ++this.#marks;
    this.groups.push(mark);
    return this.#closed(`(${OPENED}${mark}${MARK_END}${this.#alternatives()})`);
  }

  #closed(source: string): string {
    if (!this.#reader.takeText(')')) throw syntaxError(this.#reader, 'Unclosed group');
    return source;
  }

  #flagged(): string {
    const change = this.#reader.takeMatch(/[a-zA-Z]*(?:-[a-zA-Z]*)?[:)]/y);
    if (change === undefined) throw syntaxError(this.#reader, 'Unknown inline modifier');
    const [on = '', off = ''] = change.slice(0, -1).split('-');
    const unknown = [...on, ...off].find((flag) => !FLAGS.includes(flag));
    if (unknown !== undefined) throw syntaxError(this.#reader, 'Unknown inline modifier');
    const changed = new Set([...this.#flags, ...on].filter((flag) => !off.includes(flag)));
    if (change.endsWith(')')) {
      this.#flags = changed;
      return '';
    }
    const outer = this.#flags;
    this.#flags = changed;
    const source = this.#closed(`(?:${this.#alternatives()})`);
    this.#flags = outer;
    return source;
  }

  #escape(): string {
    const reader = this.#reader;
    if (reader.takeText('A')) return AT_START;
    if (reader.takeText('z')) return AT_END;
    if (reader.takeText('Z')) return AT_LAST_LINE_END;
    if (reader.takeText('b')) return '\\b';
    if (reader.takeText('B')) return '\\B';
    if (reader.takeText('R')) return `(?:\\r\\n|[\\n\\v\\f\\r\\x85\\u2028\\u2029])`;
    const name = reader.takeMatch(/k<[a-zA-Z][a-zA-Z0-9]*>/y)?.slice(2, -1);
    if (name !== undefined) return this.#reference(this.names.get(name));
    const digits = reader.takeMatch(/[1-9]\d*/y);
    if (digits !== undefined) return this.#numberedReference(digits);
    return this.#caseless(inClass(readEscape(reader)));
  }

  /** As many digits as name a group that is there; the others are text. */
  #numberedReference(digits: string): string {
    let used = 1;
    while (used < digits.length && Number(digits.slice(0, used + 1)) <= this.groups.length) used++;
    const group = Number(digits.slice(0, used));
    this.#reader.at -= digits.length - used;
    return group <= this.groups.length ? this.#reference(group) : '(?!)';
  }

  #reference(group: number | undefined): string {
    if (group === undefined) throw syntaxError(this.#reader, 'Named capturing group does not exist');
    return this.#caseless(`(?:${MEANT}${this.groups[group - 1]}${MARK_END})`);
  }
}
