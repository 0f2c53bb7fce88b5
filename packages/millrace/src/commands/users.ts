import { readFileSync } from 'node:fs';
import { describeError, MillraceError } from '@millrace/base';
import type { ScramMechanism } from '@millrace/client';
import { action, any, type Command, group, one } from '../command-line/command.ts';
import { choice, text, wholeNumber, withDefault } from '../command-line/option.ts';
import { table } from '../command-line/table.ts';
import type { Terminal } from '../command-line/terminal.ts';

const MECHANISMS = ['SCRAM-SHA-256', 'SCRAM-SHA-512'] as const satisfies readonly ScramMechanism[];
const ITERATIONS_MIN = 4096;
const ITERATIONS_MAX = 16_384;

const list = action({
  about: 'list the users that have SCRAM credentials',
  args: { users: any('USER', 'only these') },
  examples: [{ about: 'who can log in', line: 'millrace users list' }],
  json: '[{ user: string, credentials: [{ mechanism: string, iterations: number }] }]',
  run: async ({ args, admin }) =>
    await (await admin()).describeScramCredentials(args.users.length > 0 ? args.users : null),
  print: (users) =>
    table(
      ['USER', 'MECHANISM', 'ITERATIONS'],
      users.flatMap(({ user, credentials }) =>
        credentials.map(({ mechanism, iterations }) => [user, mechanism, iterations]),
      ),
    ),
});

const mechanism = withDefault(choice(MECHANISMS, 'the mechanism'), 'SCRAM-SHA-512');

const set = action({
  about: 'give a user a password, or another one',
  details:
    'The password is read from the first line of standard input or of a file, so that it stands in no list of processes. It ' +
    'is salted and hashed here, and does not travel.',
  args: { user: one('USER', 'the user') },
  options: {
    mechanism,
    iterations: withDefault(
      wholeNumber('COUNT', 'how costly guessing the password is', { min: ITERATIONS_MIN, max: ITERATIONS_MAX }),
      ITERATIONS_MIN,
    ),
    passwordFile: text('FILE', 'whose first line is the password'),
  },
  examples: [
    { about: 'a user for SCRAM-SHA-512', line: 'millrace users set alice --password-file alice.secret' },
    { about: 'from a pipe', line: 'printf \'%s\' "$PASSWORD" | millrace users set alice --mechanism SCRAM-SHA-256' },
  ],
  json: '{ user: string, mechanism: string, iterations: number }',
  async run({ args, options, terminal, admin }) {
    const password = await readPassword(options.passwordFile, terminal);
    const { iterations } = options;
    const upsertion = { user: args.user, mechanism: options.mechanism, iterations, password };
    await (await admin()).alterScramCredentials({ upsertions: [upsertion] });
    return { user: args.user, mechanism: options.mechanism, iterations };
  },
  print: ({ user, mechanism: by }) => `Set the password of ${user} for ${by}\n`,
});

async function readPassword(file: string | undefined, { stdin }: Terminal): Promise<string> {
  const password = file === undefined ? await firstLine(stdin) : firstLineOf(file);
  if (password !== '') return password;
  throw new MillraceError('USAGE', 'there is no password: write it to standard input, or give --password-file');
}

function firstLineOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0]!;
  } catch (error) {
    throw new MillraceError('USAGE', `--password-file ${file}: ${describeError(error)}`);
  }
}

async function firstLine(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stdin) {
    chunks.push(chunk);
    if (chunk.includes(0x0a)) break;
  }
  return Buffer.concat(chunks).toString().split(/\r?\n/, 1)[0]!;
}

const remove = action({
  about: "delete a user's SCRAM credential",
  args: { user: one('USER', 'the user') },
  options: { mechanism },
  examples: [{ about: 'of one mechanism', line: 'millrace users delete alice --mechanism SCRAM-SHA-256' }],
  json: '{ user: string, mechanism: string }',
  async run({ args, options, admin }) {
    const deletion = { user: args.user, mechanism: options.mechanism };
    await (await admin()).alterScramCredentials({ deletions: [deletion] });
    return deletion;
  },
  print: ({ user, mechanism: by }) => `Deleted the ${by} credential of ${user}\n`,
});

export const command: Command = group({ list, set, delete: remove });
