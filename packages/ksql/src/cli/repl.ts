import { describeError } from '@millrace/base';
import type { CliOptions } from './cli-session.ts';
import { CliSession } from './cli-session.ts';

const PROMPT = 'ksql> ';
const CONTINUED = '....> ';

const HELP = `Statements end with ; and may have several lines. Besides SQL:
  help               this text
  run script 'file'; the statements of a file
  exit               leaves (Ctrl-D too); Ctrl-C ends a query
`;

type ReplOptions = Omit<CliOptions, 'isJson'> & {
  readonly isJson: boolean;
  readonly lines: AsyncIterable<string>;
  /** Whether somebody sits there, to whom prompts are shown. */
  readonly isInteractive: boolean;
};

/** Reads statements from lines until there are no more, or until `exit`; one that fails does not end it. */
export async function runRepl({ lines, isInteractive, ...options }: ReplOptions): Promise<void> {
  const session = new CliSession(options);
  const prompt = async (text: string): Promise<void> => {
    if (isInteractive) await options.write(text);
  };
  let open = '';
  await prompt(PROMPT);
  for await (const line of lines) {
    const word = line.trim().replace(/;$/, '').toLowerCase();
    if (open === '' && (word === 'exit' || word === 'quit')) return;
    if (open === '' && word === 'help') {
      await options.write(HELP);
      await prompt(PROMPT);
      continue;
    }
    open += `${line}\n`;
    if (!isComplete(open)) {
      await prompt(open.trim() === '' ? PROMPT : CONTINUED);
      continue;
    }
    const text = open;
    open = '';
    try {
      await session.run(text);
    } catch (thrown) {
      if (options.signal?.aborted) return;
      await options.write(`${describeError(thrown)}\n`);
    }
    await prompt(PROMPT);
  }
}

/** Whether the last statement has its semicolon: outside of strings, names and comments. */
function isComplete(text: string): boolean {
  const bare = text.replaceAll(/'(?:[^']|'')*'|"[^"]*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//g, '');
  return /;\s*$/.test(bare);
}
