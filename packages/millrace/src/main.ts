import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeError } from '@millrace/base';

/** A sub-command gets the arguments after its name and answers the exit code. */
type Command = {
  readonly about: string;
  /** Imported when called: `millrace broker` loads no streams and no SQL. */
  readonly load: () => Promise<(args: readonly string[]) => Promise<number>>;
};

const COMMANDS: Readonly<Record<string, Command>> = {
  broker: {
    about: 'run a durable broker that speaks the Kafka protocol',
    load: async () => {
      const { runBroker } = await import('@millrace/broker/main');
      return (args) => runBroker(args, process.env);
    },
  },
  'ksql-server': {
    about: "run ksqlDB's SQL and REST API, on brokers elsewhere or embedded",
    load: async () => (await import('./ksql-server.ts')).ksqlServer,
  },
};

function usage(): string {
  const list = Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(12)} ${about}`);
  return `usage: millrace COMMAND [options]

Stream processing for TypeScript on a bundled Kafka-protocol broker.

Commands:
${list.join('\n')}

  --help         this text; millrace COMMAND --help for a command's own
  --version      the version
`;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  return manifest.version;
}

/** The `millrace` command. Resolves with the exit code: 0 done, 1 failed, 2 not understood. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    process.stdout.write(`${version()}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(usage());
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    process.stderr.write(`millrace: there is no command ${name}\n${usage()}`);
    return 2;
  }
  try {
    return await (await command.load())(rest);
  } catch (thrown) {
    process.stderr.write(`millrace ${name}: ${describeError(thrown)}\n`);
    return 1;
  }
}
