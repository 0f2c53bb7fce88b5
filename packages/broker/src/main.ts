import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { consoleLogger, describeError, type LogFields, type Logger, MillraceError, propertiesOf } from '@millrace/base';
import { Broker } from './broker.ts';
import { isBrokerConfigName } from './cluster/broker-config.ts';
import { parseScramUser } from './security/sasl/scram-credential.ts';
import type { BrokerOptions } from './server/broker-options.ts';

const HELP = `Usage: millrace broker [options]

Runs a Kafka-protocol broker until it is told to stop (SIGTERM or SIGINT).

Options:
  --data DIR           the data folder, made when it is missing      (default: ./millrace-data, env MILLRACE_DATA)
  --memory             keep everything in memory; nothing is left when the broker stops
  --host HOST          where to listen                               (default: 127.0.0.1, env MILLRACE_HOST)
  --port PORT          0 for any free port                           (default: 9092, env MILLRACE_PORT)
  --config-file FILE   configs in a properties file, as Kafka's server.properties
  --set KEY=VALUE      one config under Kafka's name; may be given several times and wins over the file
  --add-scram USER     a user of SCRAM, as SCRAM-SHA-256=[name=alice,password=…]; kept if the broker knows it already
  --flush os|always    os: an answered write survives the death of the process (as Kafka);
                       always: it survives a power cut, by a sync before each answer            (default: os)
  --json               log lines and the ready line as JSON
  --log-level LEVEL    debug, info, warn or error                    (default: info)
  --help               this text

Environment: KAFKA_NUM_PARTITIONS=4 is num.partitions=4, and so on for every config of the broker.
Configs are taken in this order, the later wins: environment, file, --set.

Exit codes: 0 stopped as told, 1 could not start or failed, 2 wrong usage.
`;

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** The streams and signals of the process, given from outside so that a test can be them. */
export type BrokerProcess = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Resolves when the broker is to stop. */
  readonly stopSignal: Promise<unknown>;
};

type Settings = { readonly options: BrokerOptions; readonly json: boolean; readonly logLevel: LogLevel };

/**
 * The process `millrace broker`: reads flags, environment and file, runs a broker, and resolves with the exit code when
 * it has stopped.
 */
export async function runBroker(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  on: BrokerProcess = currentProcess(),
): Promise<number> {
  let settings: Settings | null;
  try {
    settings = readSettings(argv, env);
  } catch (error) {
    on.stderr.write(`millrace broker: ${error instanceof Error ? error.message : String(error)}\n`);
    on.stderr.write("Try 'millrace broker --help'.\n");
    return EXIT.usage;
  }
  if (settings === null) {
    on.stdout.write(HELP);
    return EXIT.ok;
  }
  const { options, json, logLevel } = settings;
  const logger = json ? jsonLogger(on.stderr, logLevel) : consoleLogger(logLevel);
  const startedMs = performance.now();
  let broker: Broker;
  try {
    broker = await Broker.start({ ...options, logger });
  } catch (error) {
    on.stderr.write(`millrace broker: can't start: ${describeError(error)}\n`);
    return EXIT.failed;
  }
  on.stdout.write(readyLine(broker, options, json, Math.round(performance.now() - startedMs)));
  await on.stopSignal;
  try {
    await broker.close();
    logger.info('stopped');
    return EXIT.ok;
  } catch (error) {
    logger.error('the broker did not stop in good order', { error: describeError(error) });
    return EXIT.failed;
  }
}

function readSettings(argv: readonly string[], env: Readonly<Record<string, string | undefined>>): Settings | null {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string' },
      memory: { type: 'boolean' },
      host: { type: 'string' },
      port: { type: 'string' },
      'config-file': { type: 'string' },
      set: { type: 'string', multiple: true },
      'add-scram': { type: 'string', multiple: true },
      flush: { type: 'string' },
      json: { type: 'boolean' },
      'log-level': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return null;
  const config = { ...configOfEnvironment(env), ...configOfFile(values['config-file']), ...configOfFlags(values.set) };
  const { listeners, 'log.dirs': dirs, 'log.dir': dir } = config;
  const data = values.data ?? env.MILLRACE_DATA ?? dirs ?? dir ?? './millrace-data';
  const port = values.port ?? env.MILLRACE_PORT;
  const useListeners = listeners !== undefined && port === undefined && values.host === undefined;
  const options: BrokerOptions = {
    ...(values.memory === true ? {} : { data: data.split(',')[0]! }),
    ...(useListeners ? {} : { host: values.host ?? env.MILLRACE_HOST ?? '127.0.0.1', port: parsePort(port ?? '9092') }),
    config,
    scramUsers: (values['add-scram'] ?? []).map(parseScramUser),
    flush: oneOf('--flush', values.flush ?? 'os', ['os', 'always'] as const),
  };
  const logLevel = oneOf('--log-level', values['log-level'] ?? 'info', LOG_LEVELS);
  return { options, json: values.json === true, logLevel };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new MillraceError('USAGE', `--port ${text} is no port: give a number from 0 to 65535`);
}

function oneOf<T extends string>(flag: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new MillraceError('USAGE', `${flag} ${value}: give one of ${allowed.join(', ')}`);
  return found;
}

/** One underscore stands for a dot, two for an underscore, three for a dash. */
const ENVIRONMENT_SEPARATORS: Readonly<Record<number, string>> = { 1: '.', 2: '_', 3: '-' };

/** `KAFKA_NUM_PARTITIONS` names `num.partitions`, as in the container images that people know. */
function configOfEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const config: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('KAFKA_') || value === undefined) continue;
    const key = name
      .slice('KAFKA_'.length)
      .toLowerCase()
      .replace(/_+/g, (dashes) => ENVIRONMENT_SEPARATORS[dashes.length] ?? dashes);
    if (isBrokerConfigName(key)) config[key] = value;
  }
  return config;
}

function configOfFile(file: string | undefined): Record<string, string> {
  return file === undefined ? {} : propertiesOf(fs.readFileSync(file, 'utf8'));
}

function configOfFlags(pairs: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at <= 0) throw new MillraceError('USAGE', `--set ${pair}: give KEY=VALUE`);
      return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function readyLine(broker: Broker, options: BrokerOptions, json: boolean, startMs: number): string {
  const data = options.data ?? null;
  const { bootstrapServers } = broker;
  if (json) return `${JSON.stringify({ event: 'ready', bootstrapServers, data, startMs })}\n`;
  const kept = data === null ? 'in memory' : `data in ${data}`;
  return `millrace broker ready: bootstrap.servers=${bootstrapServers}, ${kept} (${startMs} ms)\n`;
}

function jsonLogger(out: BrokerProcess['stderr'], least: LogLevel): Logger {
  const log =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void => {
      if (LOG_LEVELS.indexOf(level) < LOG_LEVELS.indexOf(least)) return;
      out.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
    };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

function currentProcess(): BrokerProcess {
  const stopSignal = new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  return { stdout: process.stdout, stderr: process.stderr, stopSignal };
}
