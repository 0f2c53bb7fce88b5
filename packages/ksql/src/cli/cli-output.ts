import type { RowLayout } from './tables.ts';

/** Where output goes besides the terminal, while SPOOL is on. */
export type Spool = { readonly path: string; write(text: string): void; close(): void };

export type OutputFormat = 'TABULAR' | 'JSON';

export const OUTPUT_FORMATS: readonly OutputFormat[] = ['TABULAR', 'JSON'];

/** What the terminal of a session is to it. */
export type CliTerminal = {
  write(text: string): Promise<void>;
  /** Columns that there is room for. */
  width(): number;
};

/** What a session prints, and how: `output`, `spool` and `set cli` change it. */
export class CliOutput {
  readonly #terminal: CliTerminal;
  #spool: Spool | null = null;
  format: OutputFormat;
  wrap = true;
  /** 0: what the terminal has room for. */
  columnWidth = 0;

  constructor(terminal: CliTerminal, format: OutputFormat) {
    this.#terminal = terminal;
    this.format = format;
  }

  get width(): number {
    return this.#terminal.width();
  }

  get rowLayout(): RowLayout {
    return { width: this.width, columnWidth: this.columnWidth, wrap: this.wrap };
  }

  async write(text: string): Promise<void> {
    this.#spool?.write(text);
    await this.#terminal.write(text);
  }

  lines(lines: readonly string[]): Promise<void> {
    return this.write(lines.map((line) => `${line}\n`).join(''));
  }

  /** What the terminal shows by itself as it is typed. */
  echo(text: string): void {
    this.#spool?.write(text);
  }

  /** One file at a time; the one before is closed. */
  spoolTo(spool: Spool | null): Spool | null {
    const before = this.#spool;
    before?.close();
    this.#spool = spool;
    return before;
  }
}
