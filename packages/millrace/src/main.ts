import { describeError } from '@millrace/base';
import { closest } from './command-line/closest.ts';
import { toolVersion } from './command-line/tool-version.ts';
import { TOOLS } from './commands/catalogue.ts';

/** A sub-command gets the arguments after its name and answers the exit code. */
type Run = (args: readonly string[]) => Promise<number>;

type Entry = {
  readonly about: string;
  /** Imported when called: `millrace broker` loads no streams and no SQL. */
  readonly load: () => Promise<Run>;
};

const SERVERS: Readonly<Record<string, Entry>> = {
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

function find(name: string): Entry | undefined {
  if (Object.hasOwn(SERVERS, name)) return SERVERS[name];
  if (!Object.hasOwn(TOOLS, name)) return undefined;
  const { about, load } = TOOLS[name]!;
  return {
    about,
    load: async () => {
      const [{ runCommand }, { processTerminal }, command] = await Promise.all([
        import('./command-line/run-command.ts'),
        import('./command-line/terminal.ts'),
        load(),
      ]);
      return (args) => runCommand({ name, about, command }, args, processTerminal());
    },
  };
}

function usage(): string {
  const list = (entries: Readonly<Record<string, { readonly about: string }>>) =>
    Object.entries(entries).map(([name, { about }]) => `  ${name.padEnd(15)} ${about}\n`);
  return `usage: millrace COMMAND [options]

Stream processing for TypeScript on a bundled Kafka-protocol broker.

Servers:
${list(SERVERS).join('')}
Tools, for this broker and any Kafka:
${list(TOOLS).join('')}
  --help          this text; millrace COMMAND --help for a command's own
  --version       the version
`;
}

/** The `millrace` command. Resolves with the exit code: 0 done, 1 failed, 2 not understood. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    process.stdout.write(`${toolVersion()}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === 'help') {
    (name === undefined ? process.stderr : process.stdout).write(usage());
    return name === undefined ? 2 : 0;
  }
  const entry = find(name);
  if (entry === undefined) {
    const near = closest(name, [...Object.keys(SERVERS), ...Object.keys(TOOLS)]);
    const hint = near === undefined ? usage() : `Did you mean 'millrace ${near}'?\n`;
    process.stderr.write(`millrace: there is no command '${name}'\n${hint}`);
    return 2;
  }
  try {
    return await (await entry.load())(rest);
  } catch (thrown) {
    process.stderr.write(`millrace ${name}: ${describeError(thrown)}\n`);
    return 1;
  }
}
