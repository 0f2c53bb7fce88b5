import { MillraceError } from '@millrace/base';

const TOKEN = /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_.][\w.]*|-?\d[\w.]*|.)/y;

/** The words of a .proto text, without blanks and comments. */
export class ProtoTokens {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(text: string) {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(text); match !== null && match[0] !== ''; match = TOKEN.exec(text)) {
      if (match[1] !== undefined) tokens.push(match[1]);
    }
    this.#tokens = tokens;
  }

  peek(): string | undefined {
    return this.#tokens[this.#at];
  }

  next(): string {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new MillraceError('INVALID_SCHEMA', 'The .proto text ends too early');
    return token;
  }

  take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.#at++;
    return true;
  }

  expect(token: string): void {
    const found = this.next();
    if (found !== token)
      throw new MillraceError('INVALID_SCHEMA', `The .proto text has '${found}' instead of '${token}'`);
  }

  /** Passes over everything up to a token that stands outside of brackets, and over that. */
  skipTo(end: string): readonly string[] {
    const skipped: string[] = [];
    let depth = 0;
    for (;;) {
      const token = this.next();
      if (depth === 0 && token === end) return skipped;
      if (token === '{' || token === '[' || token === '(') depth++;
      if (token === '}' || token === ']' || token === ')') depth--;
      if (depth < 0) return skipped;
      skipped.push(token);
      if (depth === 0 && end === '}' && token === '}') return skipped;
    }
  }
}
