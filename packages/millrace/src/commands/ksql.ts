import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { MillraceError } from '@millrace/base';
import { CliSession, formatSql, KsqlClient, runRepl } from '@millrace/ksql/cli';
import { action, any, type Command, group } from '../command-line/command.ts';
import { flag, text, withAliases, withDefault } from '../command-line/option.ts';
import type { Terminal } from '../command-line/terminal.ts';

const SERVER_DEFAULT = 'http://127.0.0.1:8088';

const run = action({
  about: 'run statements on a ksqlDB server, from the command line, a file, or line by line',
  details:
    'SET and DEFINE hold for the statements after them. A SELECT with EMIT CHANGES goes on until Ctrl-C or LIMIT.',
  options: {
    server: withDefault(text('URL', 'the server'), SERVER_DEFAULT),
    execute: withAliases(text('SQL', 'run these statements'), 'e'),
    file: withAliases(text('FILE', 'run the statements of this file'), 'f'),
    user: withAliases(text('NAME', 'for basic authentication'), 'u'),
    password: withAliases(text('TEXT', 'for basic authentication'), 'p'),
  },
  examples: [
    { about: 'what there is', line: "millrace ksql run -e 'SHOW STREAMS; SHOW QUERIES;'" },
    { about: 'a script on another server', line: 'millrace ksql run --server http://ksql:8088 -f statements.sql' },
    { about: 'statement by statement', line: 'millrace ksql run' },
  ],
  json: 'one object a line: the answers of the server, and rows as { column: value }',
  async run({ options, isJson, terminal }) {
    const { server, execute, file, user, password } = options;
    const client = new KsqlClient({ url: server, user, password });
    const { signal } = terminal;
    const write = (chunk: string): Promise<void> => terminal.stdout.write(chunk);
    const readFile = (path: string): string => readText(path);
    const session = { client, write, isJson, readFile, signal };
    const given = execute ?? (file === undefined ? undefined : readText(file));
    if (given !== undefined) {
      await new CliSession(session).run(given);
      return undefined;
    }
    const isInteractive = process.stdin.isTTY === true && !isJson;
    if (isInteractive) {
      const { version, ksqlServiceId } = await client.info(signal);
      await write(
        `Server ${client.url}, ksqlDB ${version}, service ${ksqlServiceId}. 'help' tells more, 'exit' leaves.\n`,
      );
    }
    const lines = createInterface({ input: Readable.from(terminal.stdin), crlfDelay: Number.POSITIVE_INFINITY });
    await runRepl({ ...session, lines, isInteractive });
    return undefined;
  },
});

const fmt = action({
  about: 'format SQL: keywords in capitals, a clause a line where a statement is long, comments kept',
  details: 'Files are changed in place; without files, standard input is read and the result printed.',
  args: { files: any('FILE', 'what to format') },
  options: { check: flag('change nothing, and fail where something would be changed') },
  examples: [
    { about: 'files in place', line: 'millrace ksql fmt sql/*.sql' },
    { about: 'in a check before committing', line: 'millrace ksql fmt --check sql/*.sql' },
  ],
  json: '{ formatted: string[], unchanged: string[] }',
  async run({ args, options, terminal }) {
    if (args.files.length === 0) {
      const given = await readAll(terminal);
      const formatted = formatSql(given);
      if (options.check && formatted !== given) throw notFormatted(['standard input']);
      if (!options.check) await terminal.stdout.write(formatted);
      return undefined;
    }
    const changed = args.files.filter((file) => {
      const given = readText(file);
      const formatted = formatSql(given);
      if (formatted !== given && !options.check) writeFileSync(file, formatted);
      return formatted !== given;
    });
    if (options.check && changed.length > 0) throw notFormatted(changed);
    return { formatted: changed, unchanged: args.files.filter((file) => !changed.includes(file)) };
  },
  print: (done) => {
    return done === undefined ? '' : `Formatted ${done.formatted.length}, left ${done.unchanged.length} as they were\n`;
  },
});

function notFormatted(files: readonly string[]): MillraceError {
  return new MillraceError('NOT_FORMATTED', `not formatted: ${files.join(', ')}`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MillraceError('USAGE', `${path} can't be read`, { cause });
  }
}

async function readAll({ stdin }: Terminal): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export const command: Command = group({ run, fmt }, 'run');
