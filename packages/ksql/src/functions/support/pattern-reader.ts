/** A place in the text of a pattern. */
export class PatternReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The next character, both halves of one that has two; undefined at the end. */
  peek(): string | undefined {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  /** @throws SyntaxError at the end */
  take(): string {
    const next = this.peek();
    if (next === undefined) throw syntaxError(this, 'Unexpected end of pattern');
    this.at += next.length;
    return next;
  }

  takeText(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  /** What a sticky regular expression finds here. */
  takeMatch(regex: RegExp): string | undefined {
    regex.lastIndex = this.at;
    const found = regex.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }
}

export function syntaxError({ text, at }: PatternReader, message: string): SyntaxError {
  return new SyntaxError(`${message} near index ${at}\n${text}`);
}
