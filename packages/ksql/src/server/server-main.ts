import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { consoleLogger, describeError, MillraceError, propertiesOf } from '@millrace/base';
import { authenticationOfSettings } from './basic-authentication.ts';
import { LOG_LEVELS, type LogLevel, type ServerProcess, type Settings } from './server-process.ts';

import { tlsOfSettings } from './tls-settings.ts';

export type { EmbeddedBroker } from './server-process.ts';

const HELP = `Usage: millrace ksql-server [options]

Runs a ksqlDB server until it is told to stop (SIGTERM or SIGINT).

Options:
  --bootstrap-server LIST  the brokers, HOST:PORT[,HOST:PORT…]       (default: 127.0.0.1:9092, env KSQL_BOOTSTRAP_SERVERS)
  --embedded               run on a broker of its own instead        (data and port: env MILLRACE_DATA, MILLRACE_PORT)
  --schema-registry-port N serve the schemas of --embedded, too      (default: not served)
  --host HOST              where to listen                           (default: 127.0.0.1)
  --port PORT              0 for any free port                       (default: 8088)
  --service-id ID          servers with one id are one service       (default: default_, env KSQL_KSQL_SERVICE_ID)
  --queries-file FILE      run the statements of a file, and take no others over HTTP (ksql.queries.file)
  --restore-command-topic FILE  write a backup of the statements back, and stop; all servers of the service must have stopped
  --state-dir DIR          where the state of queries is kept; without it, it is rebuilt at every start
  --config-file FILE       settings in a properties file, as ksqlDB's ksql-server.properties
  --set KEY=VALUE          one setting under ksqlDB's or Kafka's name; may be given several times
  --log-level LEVEL        debug, info, warn or error                (default: info)
  --help                   this text

Of the file and --set: bootstrap.servers, listeners (one of http or https), ksql.service.id and ksql.streams.state.dir stand
for the options above. https: ssl.keystore.location (PEM or PKCS12), ssl.keystore.password, ssl.client.authentication and
ssl.truststore.location. Log in: authentication.method=BASIC, authentication.users.file (a line a user, "name: password,role"),
authentication.roles, authentication.realm, authentication.skip.paths. All else are settings of the engine.
Settings are taken in this order, the later wins: environment, file, --set, the options above.

Exit codes: 0 stopped as told, 1 could not start or failed, 2 wrong usage.
`;

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const ENVIRONMENT_PREFIX = 'KSQL_';
/** The images' other variables, such as `KSQL_OPTS`, are no settings. */
const FROM_ENVIRONMENT = /^(bootstrap\.servers|listeners|ksql\..+|ssl\..+|authentication\..+)$/;
/** What is said of how clients come in, and not of the engine. */
const OF_THE_DOOR = /^(ssl|authentication)\./;

/**
 * The process `millrace ksql-server`: reads flags, environment and file, runs an engine and its REST API, and resolves
 * with the exit code when both have stopped.
 */
export async function runKsqlServer(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  on: ServerProcess = currentProcess(),
): Promise<number> {
  let settings: Settings | null;
  try {
    settings = readSettings(argv, env);
    if (settings?.isEmbedded === true && on.startBroker === undefined) {
      throw new MillraceError('USAGE', '--embedded: there is no broker to embed here, give --bootstrap-server');
    }
  } catch (error) {
    on.stderr.write(`millrace ksql-server: ${error instanceof Error ? error.message : String(error)}\n`);
    on.stderr.write("Try 'millrace ksql-server --help'.\n");
    return EXIT.usage;
  }
  if (settings === null) {
    on.stdout.write(HELP);
    return EXIT.ok;
  }
  try {
    await serve(settings, on);
    return EXIT.ok;
  } catch (error) {
    on.stderr.write(`millrace ksql-server: ${describeError(error)}\n`);
    return EXIT.failed;
  }
}

/** A broker of our own starts in its own thread; the rest of the program, which is most of it, is loaded meanwhile. */
async function serve(settings: Settings, on: ServerProcess): Promise<void> {
  const logger = consoleLogger(settings.logLevel);
  const starting = settings.isEmbedded ? on.startBroker!({ logger }) : null;
  const program = import('./run-server.ts').then(async (module) => {
    await module.prepare();
    return module;
  });
  const [started] = await Promise.allSettled([starting, program]);
  if (started.status === 'rejected') throw started.reason;
  await using broker = started.value;
  const { runServer } = await program;
  await runServer({ settings, broker, logger, on });
}

function readSettings(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings | null {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'bootstrap-server': { type: 'string' },
      embedded: { type: 'boolean' },
      'schema-registry-port': { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string' },
      'service-id': { type: 'string' },
      'state-dir': { type: 'string' },
      'queries-file': { type: 'string' },
      'restore-command-topic': { type: 'string' },
      'config-file': { type: 'string' },
      set: { type: 'string', multiple: true },
      'log-level': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return null;
  if (values.embedded === true && values['bootstrap-server'] !== undefined) {
    throw new MillraceError('USAGE', '--embedded and --bootstrap-server: give one of them');
  }
  const given = { ...ofEnvironment(env), ...ofFile(values['config-file']), ...ofFlags(values.set) };
  const { 'bootstrap.servers': brokers, listeners, 'ksql.service.id': id, ...config } = given;
  const { 'ksql.streams.state.dir': dir, ...others } = config;
  const engineConfig = Object.fromEntries(Object.entries(others).filter(([name]) => !OF_THE_DOOR.test(name)));
  const listener =
    listeners === undefined ? { isSecure: false, host: '127.0.0.1', port: 8088 } : parseListener(listeners);
  const serviceId = values['service-id'] ?? id;
  const stateDir = values['state-dir'] ?? dir;
  const queriesFile = values['queries-file'];
  return {
    bootstrapServers: values['bootstrap-server'] ?? brokers ?? '127.0.0.1:9092',
    isEmbedded: values.embedded === true,
    registryPort: readRegistryPort(values['schema-registry-port'], values.embedded === true),
    host: values.host ?? listener.host,
    tls: listener.isSecure ? tlsOfSettings(config) : null,
    authentication: authenticationOfSettings(config),
    port: values.port === undefined ? listener.port : parsePort('--port', values.port),
    engine: {
      ...(serviceId === undefined ? {} : { serviceId }),
      ...(stateDir === undefined ? {} : { stateDir }),
      config: queriesFile === undefined ? engineConfig : { ...engineConfig, 'ksql.queries.file': queriesFile },
    },
    restoreFrom: values['restore-command-topic'] ?? null,
    logLevel: parseLogLevel(values['log-level'] ?? 'info'),
  };
}

function parseListener(text: string): { readonly isSecure: boolean; readonly host: string; readonly port: number } {
  const match = /^https?:\/\/(\[[^\]]+\]|[^:/]*):(\d+)\/?$/.exec(text);
  if (match === null)
    throw new MillraceError('USAGE', `listeners=${text}: give one, as http://HOST:PORT or https://HOST:PORT`);
  const host = match[1]!.replace(/^\[|\]$/g, '');
  const isSecure = text.startsWith('https:');
  return { isSecure, host: host === '' ? '0.0.0.0' : host, port: parsePort('listeners', match[2]!) };
}

function readRegistryPort(text: string | undefined, isEmbedded: boolean): number | null {
  if (text === undefined) return null;
  if (!isEmbedded) throw new MillraceError('USAGE', '--schema-registry-port: there is a registry with --embedded only');
  return parsePort('--schema-registry-port', text);
}

function parsePort(what: string, text: string): number {
  const port = Number(text);
  if (text !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new MillraceError('USAGE', `${what} ${text} is no port: give a number from 0 to 65535`);
}

function parseLogLevel(text: string): LogLevel {
  const level = LOG_LEVELS.find((each) => each === text);
  if (level === undefined)
    throw new MillraceError('USAGE', `--log-level ${text}: give one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

/** `KSQL_KSQL_SERVICE_ID` names `ksql.service.id`, as in the container images that people know. */
function ofEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => {
    const setting = name.slice(ENVIRONMENT_PREFIX.length).toLowerCase().replaceAll('_', '.');
    const isOne = name.startsWith(ENVIRONMENT_PREFIX) && FROM_ENVIRONMENT.test(setting);
    return isOne && value !== undefined ? [[setting, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function ofFile(file: string | undefined): Record<string, string> {
  return file === undefined ? {} : propertiesOf(fs.readFileSync(file, 'utf8'));
}

function ofFlags(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new MillraceError('USAGE', `--set ${pair}: give KEY=VALUE`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

/** This process: its streams, and its signals from the call on. */
export function currentProcess(): ServerProcess {
  const stopSignal = new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  return { stdout: process.stdout, stderr: process.stderr, stopSignal };
}
