import { describeError, MillraceError } from '@millrace/base';
import { splitStatements, withoutComments } from '../syntax/split-statements.ts';
import { type CommandContext, findCommand, runCommand } from './cli-commands.ts';
import type { CliSession } from './cli-session.ts';
import type { LineSource } from './line-source.ts';

export type ReplOptions = {
  readonly session: CliSession;
  readonly lines: LineSource;
  /** What was entered in earlier sessions, oldest first; this session's is added. */
  readonly history: string[];
  /** Told of each new entry of the history. */
  readonly remember: (entry: string) => void;
} & Pick<CommandContext, 'clearScreen' | 'readFile' | 'openSpool'>;

const PROMPT = 'ksql> ';
const CONTINUED = '> ';

/** Reads commands and statements until there are no more, or until `exit`; one that fails does not end it. */
export async function runRepl(options: ReplOptions): Promise<void> {
  const { session, lines } = options;
  let open: readonly string[] = [];
  for (;;) {
    const read = await lines.read(open.length === 0 ? PROMPT : CONTINUED);
    if (read.kind === 'end') break;
    if (read.kind === 'interrupted') {
      await session.output.write('^C\n');
      open = [];
      continue;
    }
    open = [...open, read.text];
    const text = open.join('\n');
    if (!isComplete(text)) continue;
    const entered = open;
    open = [];
    if (withoutComments(text) === '') continue;
    session.output.echo(`${PROMPT}${text}\n`);
    const entry = withoutComments(text).replaceAll(/\s*\n\s*/g, ' ');
    lines.joinHistory(entered, entry);
    options.remember(entry);
    if (options.history.at(-1) !== entry) options.history.push(entry);
    if ((await runEntry(text, options)) === 'exit') break;
  }
  // What was begun and has no end is told, not run.
  if (open.length > 0) await runEntry(open.join('\n'), options);
  await session.output.write('Exiting ksqlDB.\n');
}

async function runEntry(text: string, { session, lines, ...options }: ReplOptions): Promise<'exit' | 'next'> {
  try {
    return await lines.interruptible(async (signal) => {
      const found = findCommand(withoutComments(text));
      if (found === null) await session.run(text, signal);
      else if ((await runCommand(found, { session, signal, ...options })) === 'exit') return 'exit';
      return 'next';
    });
  } catch (thrown) {
    // Who interrupts a statement knows that it did not end by itself.
    const isInterrupted = thrown instanceof Error && thrown.name === 'AbortError';
    if (!isInterrupted) await session.output.write(`${messageOf(thrown)}\n`);
    return 'next';
  }
}

/** What is told without its cause says by itself what is wrong. */
function messageOf(thrown: unknown): string {
  return thrown instanceof MillraceError && thrown.cause === undefined ? thrown.message : describeError(thrown);
}

/** Whether what was entered can be run: a command, or statements with their semicolons. */
function isComplete(text: string): boolean {
  const { rest, open } = splitStatements(text);
  if (open !== null) return false;
  return rest === '' || findCommand(withoutComments(text)) !== null;
}
