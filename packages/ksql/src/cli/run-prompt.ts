import type { Readable, Writable } from 'node:stream';
import { describeError } from '@millrace/base';
import type { Spool } from './cli-output.ts';
import type { CliSession } from './cli-session.ts';
import { Completer } from './completer.ts';
import { LineSource } from './line-source.ts';
import { runRepl } from './repl.ts';

/** Where lines that were entered outlive the session. */
export type HistoryFile = { read(): readonly string[]; append(entry: string): void };

export type PromptOptions = {
  readonly session: CliSession;
  readonly input: Readable;
  /** What keys are echoed to. */
  readonly output: Writable;
  /** Whether somebody sits there: prompts, editing, history, completion. */
  readonly isTerminal: boolean;
  readonly historyFile: HistoryFile;
  readonly cliVersion: string;
  readonly readFile: (path: string) => string;
  readonly openSpool: (path: string) => Spool;
};

const CLEAR_SCREEN = '\u001b[2J\u001b[H';

/** The prompt, from the welcome to the good-bye. */
export async function runPrompt(options: PromptOptions): Promise<void> {
  const { session, input, output, isTerminal, historyFile } = options;
  const completer = new Completer(() => session.client);
  const history = isTerminal ? [...historyFile.read()] : [];
  const complete = (line: string) => completer.complete(line);
  const lines = new LineSource({ input, output, isTerminal, history, complete });
  if (isTerminal) await welcome(options);
  try {
    await runRepl({
      session,
      lines,
      history,
      remember: (entry) => {
        completer.forget();
        if (isTerminal) historyFile.append(entry);
      },
      clearScreen: () => session.output.write(CLEAR_SCREEN),
      readFile: options.readFile,
      openSpool: options.openSpool,
    });
  } finally {
    lines.close();
  }
}

/** Who is there. A server that is not is no reason to leave: `server URL` leads to another one. */
async function welcome({ session, cliVersion }: PromptOptions): Promise<void> {
  const { client, output } = session;
  try {
    const { version, serverStatus } = await client.serverInfo();
    await output.lines([
      `Millrace SQL: CLI v${cliVersion}, Server v${version} located at ${client.url}`,
      `Server Status: ${serverStatus}`,
    ]);
  } catch (thrown) {
    await output.lines([describeError(thrown)]);
  }
  await output.lines(['', "A statement ends with ';'. 'help' tells what else there is.", '']);
}
