import { BrokerError } from '../lib/broker-error.ts';
import type { BrokerConfig } from './broker-config.ts';
import { brokerConfig } from './broker-config.ts';
import { type ConfigDefinition, checkConfigValue } from './config-definition.ts';
import type { EffectiveConfig } from './topic-configs.ts';

/** The configs of one consumer group under Kafka's names; only those that were set. */
export type GroupConfigs = Readonly<Record<string, string>>;

/** Each has a default of the broker's: the same name after `group.`. */
export const GROUP_CONFIGS: readonly ConfigDefinition[] = [
  groupConfig('consumer.session.timeout.ms', 'How long a member of the consumer protocol may be silent.'),
  groupConfig('consumer.heartbeat.interval.ms', 'How often members of the consumer protocol report.'),
  groupConfig('consumer.assignment.interval.ms', 'How long at least a target assignment stands.'),
];

const BY_NAME: ReadonlyMap<string, ConfigDefinition> = new Map(GROUP_CONFIGS.map((config) => [config.name, config]));

function groupConfig(name: string, documentation: string): ConfigDefinition {
  const brokerName = `group.${name}`;
  return {
    name,
    type: 'int',
    default: brokerConfig(brokerName)?.default ?? null,
    documentation,
    brokerNames: [brokerName],
  };
}

/** The value that a group goes by, and where it comes from. */
export function effectiveGroupConfig(
  definition: ConfigDefinition,
  configs: GroupConfigs,
  broker: BrokerConfig,
): EffectiveConfig {
  const own = configs[definition.name];
  if (own !== undefined) return { value: own, source: 'group', brokerName: null };
  return { value: broker.text(`group.${definition.name}`), source: 'default', brokerName: null };
}

/**
 * Checks the configs of a group against their definitions and the bounds that the broker sets.
 *
 * @throws BrokerError `INVALID_CONFIG` with Kafka's text.
 */
export function checkGroupConfigs(
  configs: Readonly<Record<string, string | null>>,
  broker: BrokerConfig,
): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(configs)) {
    const definition = BY_NAME.get(name);
    if (definition === undefined) throw new BrokerError('INVALID_CONFIG', `Unknown group config name: ${name}`);
    if (value === null) throw new BrokerError('INVALID_CONFIG', `Null value not supported for group configs: ${name}`);
    checkConfigValue(definition, value);
    checkBounds(name, Number(value), broker);
    checked[name] = value.trim();
  }
  const number = (name: string): number => Number(checked[name] ?? broker.number(`group.${name}`));
  if (number('consumer.session.timeout.ms') <= number('consumer.heartbeat.interval.ms')) {
    throw new BrokerError(
      'INVALID_CONFIG',
      'consumer.session.timeout.ms must be greater than consumer.heartbeat.interval.ms',
    );
  }
  return checked;
}

function checkBounds(name: string, value: number, broker: BrokerConfig): void {
  const bound = (which: 'min' | 'max'): string => `group.${name.replace('consumer.', `consumer.${which}.`)}`;
  const least = broker.number(bound('min'));
  const most = broker.number(bound('max'));
  if (value < least) {
    throw new BrokerError('INVALID_CONFIG', `${name} must be greater than or equal to ${bound('min')} (${least})`);
  }
  if (value > most) {
    throw new BrokerError('INVALID_CONFIG', `${name} must be less than or equal to ${bound('max')} (${most})`);
  }
}
