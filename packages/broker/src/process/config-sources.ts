import fs from 'node:fs';
import { describeError, MillraceError, parseProperties } from '@millrace/base';
import { brokerConfig, isBrokerConfigName } from '../cluster/broker-config.ts';
import { checkConfigValue } from '../cluster/config-definition.ts';

/** A config and where it was given, for messages: `server.properties:12`, `KAFKA_NUM_PARTITIONS`, `--set`. */
export type GivenConfig = { readonly name: string; readonly value: string; readonly origin: string };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The configs of environment variables as container images spell them: `KAFKA_NUM_PARTITIONS` is `num.partitions`, two
 * underscores are an underscore, three a dash. Other variables of these images, such as `KAFKA_HEAP_OPTS`, are no configs.
 */
export function configsOfEnvironment(env: Environment): readonly GivenConfig[] {
  return Object.entries(env).flatMap(([variable, value]) => {
    if (!variable.startsWith('KAFKA_') || value === undefined) return [];
    const name = variable
      .slice('KAFKA_'.length)
      .toLowerCase()
      .replace(/_{1,3}/g, (underscores) => ['.', '_', '-'][underscores.length - 1]!);
    return isBrokerConfigName(name) ? [{ name, value, origin: variable }] : [];
  });
}

/** @throws MillraceError `USAGE` when the file can't be read, or is no properties file. */
export function configsOfFile(file: string): readonly GivenConfig[] {
  try {
    return parseProperties(fs.readFileSync(file, 'utf8')).map(({ name, value, line }) => ({
      name,
      value,
      origin: `${file}:${line}`,
    }));
  } catch (error) {
    throw new MillraceError('USAGE', `${file}: ${describeError(error)}`, { cause: error });
  }
}

/** @throws MillraceError `USAGE`. */
export function configsOfFlags(flag: string, pairs: readonly string[] = []): readonly GivenConfig[] {
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new MillraceError('USAGE', `${flag} ${pair}: give KEY=VALUE`);
    return { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim(), origin: flag };
  });
}

/**
 * What holds of all that was given: the later ones win.
 *
 * @throws MillraceError `USAGE` for the first value that does not fit its config, with where it was given.
 */
export function mergeConfigs(...sources: readonly (readonly GivenConfig[])[]): ReadonlyMap<string, GivenConfig> {
  const merged = new Map(sources.flat().map((given) => [given.name, given]));
  for (const given of merged.values()) check(given);
  return merged;
}

function check({ name, value, origin }: GivenConfig): void {
  const definition = brokerConfig(name);
  if (definition === undefined) return;
  try {
    checkConfigValue(definition, value);
  } catch (error) {
    throw new MillraceError('USAGE', `${origin}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
