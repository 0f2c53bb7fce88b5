import type { Readable, Writable } from 'node:stream';

/** The world of a command: streams and the wish that it should end, given from outside so that a test can be it. */
export type Terminal = {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Where keys come from and are echoed to, where somebody sits there. */
  readonly keyboard: { readonly input: Readable; readonly output: Writable } | null;
  /** Columns of a line; of what is no terminal, COLUMNS says it. */
  width(): number;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted when the user wants an end, or nobody reads the output any more. */
  readonly signal: AbortSignal;
};

export type Output = {
  /** Resolves when there is room for more: a slow reader holds up the writer, not its memory. */
  write(data: string | Uint8Array): Promise<void>;
};

/** Why a command was ended from outside. */
export type EndReason = 'interrupted' | 'output closed';

const WIDTH_DEFAULT = 80;

/** The terminal of this process. Ctrl-C and a reader that went away, as `head` does, end the command in good order. */
export function processTerminal(): Terminal {
  const end = new AbortController();
  const abort = (reason: EndReason): void => end.abort(reason);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => abort('interrupted'));
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') abort('output closed');
      else throw error;
    });
  }
  const isInteractive = process.stdin.isTTY === true && process.stdout.isTTY === true;
  return {
    stdin: readableUntil(process.stdin, end.signal),
    keyboard: isInteractive ? { input: process.stdin, output: process.stdout } : null,
    // A terminal that does not know its own size says 0.
    width: () => process.stdout.columns || Number(process.env.COLUMNS) || WIDTH_DEFAULT,
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    signal: end.signal,
  };
}

async function* readableUntil(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = (): void => void stream.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function outputOf(stream: Writable): Output {
  return {
    write(data) {
      if (stream.destroyed || stream.write(data)) return Promise.resolve();
      return new Promise((resolve) => {
        const go = (): void => {
          stream.off('drain', go);
          stream.off('close', go);
          stream.off('error', go);
          resolve();
        };
        for (const event of ['drain', 'close', 'error']) stream.once(event, go);
      });
    },
  };
}
