/** Lines that would be longer are broken by the generator where it can. */
export const LINE_COLUMNS_MAX = 118;

/** Lines of code with indentation: the sheet on which the generator writes. */
export class Code {
  readonly #lines: string[] = [];
  #indent = '';

  line(text = ''): void {
    this.#lines.push(text === '' ? '' : this.#indent + text);
  }

  /** Writes `head {`, what `body` writes, and the closing brace. */
  block(head: string, body: () => void, tail = '}'): void {
    this.line(head.endsWith('(') ? `${head}{` : `${head} {`);
    this.indented(body);
    this.line(tail);
  }

  /** Writes an `if`; without braces where one short statement follows. */
  when(test: string, body: () => void): void {
    const start = this.#lines.length;
    this.block(`if (${test})`, body);
    const [statement, ...rest] = this.#lines.slice(start + 1, -1);
    const oneLine = `${this.#indent}if (${test}) ${statement?.trim()}`;
    if (rest.length > 0 || oneLine.length > LINE_COLUMNS_MAX || /^\s*(if|for|const)\b/.test(statement ?? 'if')) return;
    this.#lines.splice(start, Number.POSITIVE_INFINITY, oneLine);
  }

  /** Writes a function; a parameter `version` that its body does not use gets an underscore. */
  function(head: string, body: () => void): void {
    const start = this.#lines.length;
    this.block(head, body);
    const used = this.#lines.slice(start + 1).some((line) => /(?<!\.)\bversion\b(?!:)/.test(line));
    if (!used) this.#lines[start] = this.#lines[start]!.replace('version: number', '_version: number');
    this.line();
  }

  indented(body: () => void): void {
    const outer = this.#indent;
    this.#indent += '  ';
    body();
    this.#indent = outer;
  }

  text(): string {
    return `${this.#lines.join('\n')}\n`;
  }
}
