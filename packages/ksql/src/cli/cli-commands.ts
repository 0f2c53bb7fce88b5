import { MillraceError } from '@millrace/base';
import { stringOf } from '../syntax/names.ts';
import { type CliOutput, OUTPUT_FORMATS, type Spool } from './cli-output.ts';
import type { CliSession } from './cli-session.ts';

/** What the prompt's own commands work with. */
export type CommandContext = {
  readonly session: CliSession;
  /** Lines that were entered, oldest first. */
  readonly history: readonly string[];
  readonly clearScreen: () => Promise<void>;
  readonly readFile: (path: string) => string;
  readonly openSpool: (path: string) => Spool;
  readonly signal: AbortSignal | undefined;
};

/** A command of the prompt itself. */
export type CliCommand = {
  /** In lower case, one word or two. */
  readonly name: string;
  readonly usage: string;
  readonly about: string;
  readonly argumentsMin: number;
  readonly argumentsMax: number;
  /** Answers whether the session goes on. */
  run(args: readonly string[], context: CommandContext): Promise<void> | 'exit';
};

type Spec = Omit<CliCommand, 'argumentsMin' | 'argumentsMax'> & { readonly arguments?: readonly [number, number] };

function command({ arguments: [argumentsMin, argumentsMax] = [0, 0], ...spec }: Spec): CliCommand {
  return { ...spec, argumentsMin, argumentsMax };
}

export const CLI_COMMANDS: readonly CliCommand[] = [
  command({
    name: 'help',
    usage: 'help',
    about: 'Shows this text.',
    run: (_, { session }) => printHelp(session.output),
  }),
  command({
    name: 'clear',
    usage: 'clear',
    about: 'Clears the screen.',
    run: (_, { clearScreen }) => clearScreen(),
  }),
  command({
    name: 'output',
    usage: 'output [TABULAR|JSON]',
    about: 'Shows the format of answers and rows, or changes it.',
    arguments: [0, 1],
    run: ([format], { session }) => changeFormat(session.output, format),
  }),
  command({
    name: 'history',
    usage: 'history',
    about: 'Shows what was entered, also in earlier sessions. The arrow keys go up and down in it, Ctrl-R searches.',
    run: (_, { session, history }) => {
      return session.output.lines(history.map((line, index) => `${String(index + 1).padStart(4)}: ${line}`));
    },
  }),
  command({
    name: 'version',
    usage: 'version',
    about: 'Shows the version of the server.',
    run: async (_, { session, signal }) => {
      const { version } = await session.client.serverInfo({ signal });
      await session.output.write(`Version: ${version}\n`);
    },
  }),
  command({ name: 'exit', usage: 'exit', about: 'Leaves, as Ctrl-D does.', run: () => 'exit' }),
  command({ name: 'quit', usage: 'quit', about: 'The same.', run: () => 'exit' }),
  command({
    name: 'run script',
    usage: 'run script <file>',
    about: 'Runs the statements of a file (UTF-8); queries too.',
    arguments: [1, 1],
    run: ([path = ''], { session, readFile, signal }) => session.run(readFile(path), signal),
  }),
  command({
    name: 'server',
    usage: 'server [<url>]',
    about: 'Shows the server, or goes to another one: server http://ksql.example.com:8088',
    arguments: [0, 1],
    run: ([url], context) => changeServer(url, context),
  }),
  command({
    name: 'request-pipelining',
    usage: 'request-pipelining [ON|OFF]',
    about: 'Whether statements are sent before the server has done those before them. OFF unless told.',
    arguments: [0, 1],
    run: ([setting], { session }) => changePipelining(session, setting),
  }),
  command({
    name: 'spool',
    usage: 'spool <file>|OFF',
    about: 'Writes what is entered and answered into a file, too; one file at a time.',
    arguments: [1, 1],
    run: ([path = ''], context) => changeSpool(path, context),
  }),
  command({
    name: 'set cli',
    usage: 'set cli WRAP ON|OFF, set cli COLUMN-WIDTH <number>',
    about:
      'How rows are laid out: whether a value that is too long is wrapped or cut, and how wide each column is; with 0, ' +
      'what the terminal has room for.',
    arguments: [2, 2],
    run: async ([name = '', value = ''], { session }) => changeLayout(session.output, name, value),
  }),
];

/** The command that a line is, and its arguments; null for what is SQL. */
export function findCommand(line: string): { readonly command: CliCommand; readonly args: readonly string[] } | null {
  const words = wordsOf(line.trim().replace(/;+$/, ''));
  const lower = words.map((word) => word.toLowerCase());
  for (const command of CLI_COMMANDS) {
    const name = command.name.split(' ');
    if (!name.every((word, index) => lower[index] === word)) continue;
    return { command, args: words.slice(name.length).map(withoutQuotes) };
  }
  return null;
}

/** @throws MillraceError `USAGE` for the wrong number of arguments, and whatever the command throws */
export function runCommand(
  { command, args }: NonNullable<ReturnType<typeof findCommand>>,
  context: CommandContext,
): Promise<void> | 'exit' {
  const much = args.length < command.argumentsMin ? 'few' : args.length > command.argumentsMax ? 'many' : null;
  if (much !== null) throw new MillraceError('USAGE', `Too ${much} parameters: ${command.usage}\n\t${command.about}`);
  return command.run(args, context);
}

/** Words between spaces; what is quoted stays together. */
function wordsOf(line: string): readonly string[] {
  return line.match(/(?:'(?:[^']|'')*'|[^\s'])+/g) ?? [];
}

function withoutQuotes(word: string): string {
  return /^'(?:[^']|'')*'$/.test(word) ? stringOf(word) : word;
}

function printHelp(output: CliOutput): Promise<void> {
  return output.lines([
    '',
    'A statement of SQL ends with ; and may have several lines. Besides, there are:',
    '',
    ...CLI_COMMANDS.flatMap(({ usage, about }) => [`${usage}:`, `\t${about}`, '']),
    'Ctrl-C ends a query, or forgets the line that is being entered. Tab completes words and names.',
    'Ctrl-D leaves. SET and DEFINE hold until then.',
    '',
  ]);
}

async function changeFormat(output: CliOutput, wanted: string | undefined): Promise<void> {
  if (wanted === undefined) return output.write(`Current output format: ${output.format}\n`);
  const format = OUTPUT_FORMATS.find((each) => each === wanted.toUpperCase());
  if (format === undefined) {
    return output.write(`Invalid output format: '${wanted}' (valid formats: ${OUTPUT_FORMATS.join(', ')})\n`);
  }
  output.format = format;
  await output.write(`Output format set to ${format}\n`);
}

async function changeServer(url: string | undefined, { session, signal }: CommandContext): Promise<void> {
  if (url === undefined) return session.output.write(`${session.client.url}\n`);
  await session.changeServer(url);
  await session.output.write(`Server now: ${session.client.url}\n`);
  await session.client.serverInfo({ signal });
}

async function changePipelining(session: CliSession, setting: string | undefined): Promise<void> {
  const { output } = session;
  if (setting === undefined) {
    return output.write(`Current request-pipelining configuration: ${session.isPipelining ? 'ON' : 'OFF'}\n`);
  }
  const wanted = onOrOff(setting);
  if (wanted === null) {
    return output.write(`Invalid request-pipelining setting: ${setting}. Valid options are 'ON' and 'OFF'.\n`);
  }
  session.isPipelining = wanted;
  await output.write(`request-pipelining configuration is now ${wanted ? 'ON' : 'OFF'}\n`);
}

async function changeSpool(path: string, { session: { output }, openSpool }: CommandContext): Promise<void> {
  if (path.toUpperCase() === 'OFF') {
    const before = output.spoolTo(null);
    if (before !== null) await output.write(`Spool written to ${before.path}\n`);
    return;
  }
  const spool = openSpool(path);
  output.spoolTo(spool);
  await output.write(`Session will be spooled to ${spool.path}\nEnter SPOOL OFF to disable\n`);
}

function changeLayout(output: CliOutput, name: string, value: string): void {
  switch (name.toUpperCase()) {
    case 'WRAP': {
      const wanted = onOrOff(value);
      if (wanted === null)
        throw invalid(`Invalid value ${value} for configuration WRAP: String must be one of: ON, OFF`);
      output.wrap = wanted;
      return;
    }
    case 'COLUMN-WIDTH':
      if (!/^\d+$/.test(value)) {
        throw invalid(`Invalid value ${value} for configuration COLUMN-WIDTH: Not a number of 0 or more`);
      }
      output.columnWidth = Number(value);
      return;
    default:
      throw invalid(`Undefined property: ${name}. Valid properties are: [WRAP, COLUMN-WIDTH]`);
  }
}

function invalid(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}

function onOrOff(text: string): boolean | null {
  const upper = text.toUpperCase();
  return upper === 'ON' ? true : upper === 'OFF' ? false : null;
}
