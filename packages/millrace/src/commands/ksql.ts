import { appendFileSync, closeSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Writable } from 'node:stream';
import { MillraceError } from '@millrace/base';
import type { CliSession, PromptOptions, Spool } from '@millrace/ksql/cli';
import { action, any, type Command, group, optional } from '../command-line/command.ts';
import { choice, flag, pairs, text, wholeNumber, withAliases } from '../command-line/option.ts';
import type { Terminal } from '../command-line/terminal.ts';
import { toolVersion } from '../command-line/tool-version.ts';
import { CREDENTIALS, connectionOptions, readSettings, readText } from './ksql-connection.ts';

const SERVER_DEFAULT = 'http://127.0.0.1:8088';

/** Loaded when something is run: help needs none of it. */
const cli = (): Promise<typeof import('@millrace/ksql/cli')> => import('@millrace/ksql/cli');

const run = action({
  about: 'run statements on a ksqlDB server, from the command line, a file, or a prompt',
  details:
    'SET and DEFINE hold for the statements after them. A SELECT with EMIT CHANGES goes on until Ctrl-C or LIMIT. At the ' +
    "prompt 'help' tells of its own commands; what is entered there is kept in ~/.millrace-ksql-history, or where the " +
    'variable MILLRACE_KSQL_HISTORY says.',
  args: { server: optional('SERVER', `the server (default: ${SERVER_DEFAULT})`) },
  options: {
    execute: withAliases(text('SQL', 'run these statements'), 'e'),
    file: withAliases(text('FILE', 'run the statements of this file'), 'f'),
    define: withAliases(pairs('a variable, as DEFINE has it'), 'd'),
    configFile: text('FILE', 'properties: ssl.* for the connection, all others as SET would have them'),
    output: choice(['TABULAR', 'JSON'], 'how answers and rows are printed; --json is the same as JSON'),
    queryRowLimit: wholeNumber('COUNT', 'end queries after so many rows', { min: 1 }),
    queryTimeout: wholeNumber('MS', 'end queries after so many milliseconds', { min: 1 }),
    ...CREDENTIALS,
  },
  examples: [
    { about: 'a prompt', line: 'millrace ksql' },
    { about: 'what there is', line: "millrace ksql -e 'SHOW STREAMS; SHOW QUERIES;'" },
    { about: 'a script on another server', line: 'millrace ksql http://ksql:8088 -f statements.sql -d env=test' },
  ],
  json: 'of statements an array of the answers of the server; of a query { queryId, schema }, then { columns: [] } a line',
  async run({ args, options, isJson, terminal }) {
    const { execute, file, configFile, queryRowLimit = null, queryTimeout = null, define, ...given } = options;
    const { tls, settings } = readSettings(configFile);
    const { user, token } = given;
    const password = given.password ?? (await askedPassword(user, terminal));
    const write = (chunk: string): Promise<void> => terminal.stdout.write(chunk);
    const format = isJson || given.output === 'JSON' ? 'JSON' : 'TABULAR';
    const { CliOutput, CliSession, KsqlClient } = await cli();
    const session = new CliSession({
      connect: (url) => new KsqlClient(connectionOptions(url, { user, password, token }, tls)),
      url: args.server ?? SERVER_DEFAULT,
      output: new CliOutput({ write, width: () => terminal.width() }, format),
      properties: settings,
      variables: define,
      queryRowLimit,
      queryTimeoutMs: queryTimeout,
    });
    try {
      const statements = execute === undefined ? file && readText(file) : withSemicolon(execute);
      if (statements !== undefined) await session.run(statements, terminal.signal);
      else await prompt(session, terminal);
    } finally {
      await session.close();
    }
    return undefined;
  },
});

/** The last semicolon of a command line need not be written. */
function withSemicolon(statements: string): string {
  return /;\s*$/.test(statements) ? statements : `${statements};`;
}

async function prompt(session: CliSession, { keyboard, stdin }: Terminal): Promise<void> {
  const { runPrompt } = await cli();
  await runPrompt({
    session,
    input: keyboard?.input ?? Readable.from(stdin),
    output: keyboard?.output ?? nowhere(),
    isTerminal: keyboard !== null,
    historyFile: historyAt(process.env.MILLRACE_KSQL_HISTORY ?? join(homedir(), '.millrace-ksql-history')),
    cliVersion: toolVersion(),
    readFile: readText,
    openSpool,
  });
}

function historyAt(path: string): PromptOptions['historyFile'] {
  return {
    read: () =>
      existsSync(path)
        ? readFileSync(path, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
        : [],
    append: (entry) => {
      try {
        // Statements can hold secrets.
        appendFileSync(path, `${entry}\n`, { mode: 0o600 });
      } catch {
        // Without a history there is a prompt all the same.
      }
    },
  };
}

/** @throws MillraceError `USAGE` */
function openSpool(path: string): Spool {
  try {
    const file = openSync(path, 'w');
    return { path: resolve(path), write: (chunk) => void writeSync(file, chunk), close: () => closeSync(file) };
  } catch (cause) {
    throw new MillraceError('USAGE', `Cannot SPOOL to file: ${path}`, { cause });
  }
}

/** Of a user without a password; what is typed is not shown. */
async function askedPassword(user: string | undefined, { keyboard, stdout }: Terminal): Promise<string | undefined> {
  if (user === undefined || keyboard === null) return undefined;
  await stdout.write('Enter password: ');
  const lines = createInterface({ input: keyboard.input, output: nowhere(), terminal: true });
  try {
    return await new Promise((done) => lines.once('line', done).once('close', () => done('')));
  } finally {
    lines.close();
    await stdout.write('\n');
  }
}

function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

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
    const { formatSql } = await cli();
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

async function readAll({ stdin }: Terminal): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

export const command: Command = group({ run, fmt }, 'run');
