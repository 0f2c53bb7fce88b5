import { MillraceError, type Random } from '@millrace/base';

/** What stands for characters that a pattern does not name: those that print in ASCII. */
const PRINTABLE: readonly string[] = charactersBetween(' ', '~');
const DIGITS: readonly string[] = charactersBetween('0', '9');
const WORD: readonly string[] = [...charactersBetween('A', 'Z'), ...charactersBetween('a', 'z'), ...DIGITS, '_'];
const SPACES: readonly string[] = [' ', '\t'];
/** How often more than it must something is repeated that has no end. */
const REPEATS_MAX = 10;

type Part =
  | { readonly kind: 'characters'; readonly from: readonly string[] }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly Part[])[] }
  | { readonly kind: 'repeat'; readonly part: Part; readonly min: number; readonly max: number };

/**
 * Makes texts that match a regular expression: characters, classes, groups, alternatives, `? * + {n,m}` and the common
 * escapes. What only looks around, or back, is refused.
 * @throws MillraceError `INVALID_REGEX`
 */
export function textMatching(pattern: string): (random: Random) => string {
  const parser = new PatternParser(pattern);
  const branches = parser.branches();
  if (!parser.isAtEnd) throw invalid(pattern, 'a group has no beginning');
  const whole: Part = { kind: 'choice', branches };
  return (random) => written(whole, random);
}

function written(part: Part, random: Random): string {
  switch (part.kind) {
    case 'characters':
      return part.from[random.int(part.from.length)] ?? '';
    case 'choice':
      return part.branches[random.int(part.branches.length)]!.map((each) => written(each, random)).join('');
    case 'repeat': {
      const count = part.min + random.int(part.max - part.min + 1);
      return Array.from({ length: count }, () => written(part.part, random)).join('');
    }
  }
}

class PatternParser {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#pattern.length;
  }

  branches(): readonly (readonly Part[])[] {
    const branches: Part[][] = [[]];
    while (!this.isAtEnd && this.#peek() !== ')') {
      if (this.#take('|')) branches.push([]);
      else if (!this.#take('^') && !this.#take('$')) branches.at(-1)!.push(this.#repeated(this.#part()));
    }
    return branches;
  }

  #part(): Part {
    if (this.#take('(')) {
      if (this.#take('?') && !this.#take(':')) throw invalid(this.#pattern, 'only (?:…) may follow (');
      const branches = this.branches();
      if (!this.#take(')')) throw invalid(this.#pattern, 'a group has no end');
      return { kind: 'choice', branches };
    }
    if (this.#take('[')) return { kind: 'characters', from: this.#characterClass() };
    if (this.#take('.')) return { kind: 'characters', from: PRINTABLE };
    return { kind: 'characters', from: this.#character() };
  }

  #repeated(part: Part): Part {
    let repeated = part;
    for (;;) {
      const bounds = this.#bounds();
      if (bounds === null) return repeated;
      // Whether a repeat is lazy or possessive changes nothing of what it matches here.
      if (!this.#take('?')) this.#take('+');
      repeated = { kind: 'repeat', part: repeated, ...bounds };
    }
  }

  #bounds(): { readonly min: number; readonly max: number } | null {
    if (this.#take('?')) return { min: 0, max: 1 };
    if (this.#take('*')) return { min: 0, max: REPEATS_MAX };
    if (this.#take('+')) return { min: 1, max: 1 + REPEATS_MAX };
    const match = /^\{(\d+)(,?)(\d*)\}/.exec(this.#pattern.slice(this.#at));
    if (match === null) return null;
    this.#at += match[0].length;
    const min = Number(match[1]);
    const max = match[2] === '' ? min : match[3] === '' ? min + REPEATS_MAX : Number(match[3]);
    if (max < min) throw invalid(this.#pattern, `${match[0]} ends before it begins`);
    return { min, max };
  }

  #characterClass(): readonly string[] {
    const isNegated = this.#take('^');
    const from = new Set<string>();
    do {
      if (this.isAtEnd) throw invalid(this.#pattern, 'a class has no end');
      const characters = this.#character();
      const isRange = this.#peek() === '-' && (this.#pattern[this.#at + 1] ?? ']') !== ']';
      if (!isRange) {
        for (const each of characters) from.add(each);
        continue;
      }
      this.#take('-');
      for (const each of charactersBetween(characters[0]!, this.#character()[0]!)) from.add(each);
    } while (!this.#take(']'));
    const characters = isNegated ? PRINTABLE.filter((each) => !from.has(each)) : [...from];
    if (characters.length === 0) throw invalid(this.#pattern, 'a class is empty');
    return characters;
  }

  #character(): readonly string[] {
    const [character = ''] = this.#pattern.slice(this.#at);
    this.#at += character.length;
    if (character !== '\\') return [character];
    const escaped = this.#pattern[this.#at++] ?? '';
    const known = ESCAPES[escaped];
    if (known !== undefined) return known;
    if (escaped === '' || /[A-Za-z0-9]/.test(escaped)) throw invalid(this.#pattern, `\\${escaped} is not known here`);
    return [escaped];
  }

  #peek(): string | undefined {
    return this.#pattern[this.#at];
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}

const ESCAPES: Readonly<Record<string, readonly string[]>> = {
  d: DIGITS,
  D: PRINTABLE.filter((each) => !DIGITS.includes(each)),
  w: WORD,
  W: PRINTABLE.filter((each) => !WORD.includes(each)),
  s: SPACES,
  S: PRINTABLE.filter((each) => !SPACES.includes(each)),
  t: ['\t'],
  n: ['\n'],
  r: ['\r'],
};

function charactersBetween(first: string, last: string): readonly string[] {
  const [from, to] = [first.codePointAt(0)!, last.codePointAt(0)!];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => String.fromCodePoint(from + index));
}

function invalid(pattern: string, reason: string): MillraceError {
  return new MillraceError('INVALID_REGEX', `No texts can be made for the regex '${pattern}': ${reason}`);
}

/** A text of letters of this length. */
export function lettersOf(length: number, random: Random): string {
  return Array.from({ length }, () => WORD[random.int(WORD.length - DIGITS.length - 1)]).join('');
}
