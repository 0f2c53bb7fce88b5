import { parseArgs } from 'node:util';
import { MillraceError } from '@millrace/base';
import { parseScramUser } from '../security/sasl/scram-credential.ts';
import type { BrokerOptions } from '../server/broker-options.ts';
import {
  configsOfEnvironment,
  configsOfFile,
  configsOfFlags,
  type GivenConfig,
  mergeConfigs,
} from './config-sources.ts';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const LOG_FORMATS = ['text', 'json'] as const;
const FLUSH_POLICIES = ['os', 'always'] as const;

const FLAGS = {
  data: { type: 'string' },
  memory: { type: 'boolean' },
  host: { type: 'string' },
  port: { type: 'string' },
  config: { type: 'string' },
  'config-file': { type: 'string' },
  set: { type: 'string', multiple: true },
  'add-scram': { type: 'string', multiple: true },
  flush: { type: 'string' },
  'metrics-port': { type: 'string' },
  'log-level': { type: 'string' },
  'log-format': { type: 'string' },
  json: { type: 'boolean' },
  'print-config': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Flags = ReturnType<typeof parseArgs<{ options: typeof FLAGS }>>['values'];
type Environment = Readonly<Record<string, string | undefined>>;

/** What a process is to do. */
export type BrokerSettings = {
  readonly kind: 'run' | 'print-config';
  readonly options: BrokerOptions;
  readonly configs: ReadonlyMap<string, GivenConfig>;
  readonly isJson: boolean;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  readonly logFormat: (typeof LOG_FORMATS)[number];
};

/**
 * Reads flags, environment and file: the first that says something wins.
 *
 * @throws MillraceError `USAGE` with the name of the flag, variable or line; TypeError for a flag that there is not.
 */
export function readSettings(argv: readonly string[], env: Environment): BrokerSettings | { readonly kind: 'help' } {
  const { values: flags } = parseArgs({ args: [...argv], options: FLAGS });
  if (flags.help === true) return { kind: 'help' };
  const file = flags.config ?? flags['config-file'] ?? env.MILLRACE_CONFIG;
  const configs = mergeConfigs(
    file === undefined ? [] : configsOfFile(file),
    configsOfEnvironment(env),
    metricsListener(flags['metrics-port'], '--metrics-port') ??
      metricsListener(env.MILLRACE_METRICS_PORT, 'MILLRACE_METRICS_PORT') ??
      [],
    configsOfFlags('--set', flags.set),
  );
  const isJson = flags.json === true;
  return {
    kind: flags['print-config'] === true ? 'print-config' : 'run',
    options: optionsOf(flags, env, configs),
    configs,
    isJson,
    logLevel: oneOf(
      LOG_LEVELS,
      'info',
      [flags['log-level'], '--log-level'],
      [env.MILLRACE_LOG_LEVEL, 'MILLRACE_LOG_LEVEL'],
      configured(configs, 'millrace.log.level'),
    ),
    logFormat: oneOf(
      LOG_FORMATS,
      'text',
      [flags['log-format'] ?? (isJson ? 'json' : undefined), '--log-format'],
      [env.MILLRACE_LOG_FORMAT, 'MILLRACE_LOG_FORMAT'],
      configured(configs, 'millrace.log.format'),
    ),
  };
}

function optionsOf(flags: Flags, env: Environment, given: ReadonlyMap<string, GivenConfig>): BrokerOptions {
  const config = Object.fromEntries([...given.values()].map(({ name, value }) => [name, value]));
  return {
    ...(flags.memory === true ? {} : { data: dataFolder(flags, env, config) }),
    ...listenersOf(flags, env, config),
    config,
    scramUsers: (flags['add-scram'] ?? []).map(parseScramUser),
    flush: oneOf(
      FLUSH_POLICIES,
      'os',
      [flags.flush, '--flush'],
      [env.MILLRACE_FLUSH, 'MILLRACE_FLUSH'],
      configured(given, 'millrace.flush'),
    ),
  };
}

function dataFolder(flags: Flags, env: Environment, config: Readonly<Record<string, string>>): string {
  const folders = config['log.dirs'] ?? config['log.dir'] ?? './millrace-data';
  const [first = '', ...others] = folders.split(',').map((folder) => folder.trim());
  const chosen = flags.data ?? env.MILLRACE_DATA;
  if (chosen !== undefined) return chosen;
  if (others.length === 0) return first;
  throw new MillraceError('USAGE', `log.dirs=${folders}: this broker keeps its data in one folder, give one of them`);
}

/** A flag or variable of ours stands for one plain listener; else the configs say which there are. */
function listenersOf(
  { host, port }: Flags,
  env: Environment,
  config: Readonly<Record<string, string>>,
): Pick<BrokerOptions, 'host' | 'port'> {
  const chosenPort = port ?? env.MILLRACE_PORT;
  const chosenHost = host ?? env.MILLRACE_HOST;
  if (config.listeners !== undefined && chosenPort === undefined && chosenHost === undefined) {
    // The broker reads them itself, with what they need of TLS and SASL.
    return {};
  }
  const from = port === undefined ? 'MILLRACE_PORT' : '--port';
  return { host: chosenHost ?? '127.0.0.1', port: parsePort(chosenPort ?? '9092', from) };
}

function metricsListener(port: string | undefined, origin: string): readonly GivenConfig[] | undefined {
  if (port === undefined || port === '') return undefined;
  const value = `http://127.0.0.1:${parsePort(port, origin)}`;
  return [{ name: 'metrics.listener', value, origin }];
}

function parsePort(text: string, origin: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new MillraceError('USAGE', `${origin} ${text} is no port: give a number from 0 to 65535`);
}

type Source = readonly [value: string | undefined, origin: string];

function configured(configs: ReadonlyMap<string, GivenConfig>, name: string): Source {
  const given = configs.get(name);
  return [given?.value, given?.origin ?? name];
}

function oneOf<T extends string>(allowed: readonly T[], fallback: T, ...sources: readonly Source[]): T {
  for (const [value, origin] of sources) {
    if (value === undefined) continue;
    const found = allowed.find((candidate) => candidate === value.toLowerCase());
    if (found === undefined) throw new MillraceError('USAGE', `${origin} ${value}: give one of ${allowed.join(', ')}`);
    return found;
  }
  return fallback;
}
