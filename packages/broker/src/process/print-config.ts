import { BROKER_CONFIGS } from '../cluster/broker-configs.ts';
import type { BrokerSettings } from './settings.ts';

type PrintedConfig = {
  readonly name: string;
  /** Null where there is none. */
  readonly value: string | null;
  /** Where it was given; null for the default. */
  readonly origin: string | null;
};

/** Every config with its value, as a properties file that says where each value comes from, or as JSON. */
export function printConfig(settings: BrokerSettings): string {
  const configs = allConfigs(settings);
  if (settings.isJson) return `${JSON.stringify(configs, null, 2)}\n`;
  return configs
    .map(({ name, value, origin }) => {
      const text = value === null ? `# ${name} is not set` : `${name}=${value.replaceAll('\\', '\\\\')}`;
      return origin === null ? `${text}\n` : `# ${origin}\n${text}\n`;
    })
    .join('');
}

function allConfigs({ configs }: BrokerSettings): readonly PrintedConfig[] {
  const names = new Set([...BROKER_CONFIGS.map(({ name }) => name), ...configs.keys()]);
  const definitions = new Map(BROKER_CONFIGS.map((definition) => [definition.name, definition]));
  return [...names].sort().map((name) => {
    const given = configs.get(name);
    const definition = definitions.get(name);
    const isSecret = definition?.type === 'password' || /password|jaas/.test(name);
    const value = given?.value ?? definition?.default ?? null;
    return { name, value: isSecret && value !== null ? '(secret)' : value, origin: given?.origin ?? null };
  });
}
