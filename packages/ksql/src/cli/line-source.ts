import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** What came of waiting for a line. */
export type Entered =
  | { readonly kind: 'line'; readonly text: string }
  /** Ctrl-C, where nothing was running. */
  | { readonly kind: 'interrupted' }
  | { readonly kind: 'end' };

/** Answers what a word may go on as, and the word itself. */
export type Complete = (line: string) => Promise<readonly [readonly string[], string]>;

export type LineSourceOptions = {
  readonly input: Readable;
  readonly output: Writable;
  /** Whether keys are read one by one, with editing, history and completion. */
  readonly isTerminal: boolean;
  /** Oldest first. */
  readonly history: readonly string[];
  readonly complete: Complete;
};

const HISTORY_LINES_MAX = 500;

/** Lines from a terminal or a stream, one when asked for. */
export class LineSource {
  readonly #lines: Interface;
  readonly #isTerminal: boolean;
  readonly #waiting: string[] = [];
  #isOver = false;
  #deliver: ((entered: Entered) => void) | null = null;
  #interrupt: (() => void) | null = null;
  /** Node's own list, newest first, which it lets its owner change. */
  #history: string[] = [];

  constructor({ input, output, isTerminal, history, complete }: LineSourceOptions) {
    this.#isTerminal = isTerminal;
    this.#lines = createInterface({
      input,
      output,
      terminal: isTerminal,
      history: history.toReversed(),
      historySize: isTerminal ? HISTORY_LINES_MAX : 0,
      removeHistoryDuplicates: true,
      crlfDelay: Number.POSITIVE_INFINITY,
      completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
        // A server that can't be asked has nothing to propose.
        complete(line).then(
          ([proposals, word]) => done(null, [[...proposals], word]),
          () => done(null, [[], line]),
        );
      },
    });
    this.#lines.on('history', (lines: string[]) => {
      this.#history = lines;
    });
    this.#lines.on('line', (text) => this.#enter({ kind: 'line', text }));
    this.#lines.on('close', () => {
      this.#isOver = true;
      this.#deliver?.({ kind: 'end' });
      this.#interrupt?.();
    });
    this.#lines.on('SIGINT', () => {
      if (this.#interrupt !== null) return this.#interrupt();
      this.#clearLine();
      this.#enter({ kind: 'interrupted' });
    });
  }

  /** Shows the prompt and waits for what is entered. */
  read(prompt: string): Promise<Entered> {
    const text = this.#waiting.shift();
    if (text !== undefined) return Promise.resolve({ kind: 'line', text });
    if (this.#isOver) return Promise.resolve({ kind: 'end' });
    if (this.#isTerminal) {
      this.#lines.setPrompt(prompt);
      this.#lines.prompt();
    }
    return new Promise((resolve) => {
      this.#deliver = resolve;
    });
  }

  /** Runs something that Ctrl-C ends, the end of the input too. */
  async interruptible<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const end = new AbortController();
    this.#interrupt = this.#isTerminal ? () => end.abort() : null;
    try {
      return await run(end.signal);
    } finally {
      this.#interrupt = null;
    }
  }

  /** In place of lines that belong together, the history has what they are as one. */
  joinHistory(lines: readonly string[], joined: string): void {
    if (!this.#isTerminal || lines.length <= 1) return;
    // Not every line is there: empty ones, and those that came twice, are not kept.
    for (const line of lines) {
      const at = this.#history.indexOf(line);
      if (at >= 0) this.#history.splice(at, 1);
    }
    this.#history.unshift(joined);
  }

  close(): void {
    this.#lines.close();
  }

  /** Forgets what stands in the line, before another key is read. */
  #clearLine(): void {
    // Typed as Ctrl-E and Ctrl-U: Node has no other way.
    this.#lines.write(null as unknown as string, { ctrl: true, name: 'e' });
    this.#lines.write(null as unknown as string, { ctrl: true, name: 'u' });
  }

  #enter(entered: Entered): void {
    const deliver = this.#deliver;
    this.#deliver = null;
    if (deliver !== null) deliver(entered);
    else if (entered.kind === 'line') this.#waiting.push(entered.text);
  }
}
