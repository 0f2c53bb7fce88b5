import { assert } from '@millrace/base';
import { BrokerError } from '../lib/broker-error.ts';
import type { BrokerConfig } from './broker-config.ts';
import { brokerConfig } from './broker-config.ts';
import { type ConfigDefinition, type ConfigType, checkConfigValue } from './config-definition.ts';
import { parseOffsetReset } from './offset-reset.ts';
import type { EffectiveConfig } from './topic-configs.ts';

/** The configs of one group under Kafka's names; only those that were set. */
export type GroupConfigs = Readonly<Record<string, string>>;

const OFFSET_RESET = 'share.auto.offset.reset';
const STANDBYS = 'streams.num.standby.replicas';
const INITIAL_DELAY = 'streams.initial.rebalance.delay.ms';

/** Most have a default of the broker's: the same name after `group.`. */
export const GROUP_CONFIGS: readonly ConfigDefinition[] = [
  brokerDefault('consumer.session.timeout.ms', 'How long a member of the consumer protocol may be silent.'),
  brokerDefault('consumer.heartbeat.interval.ms', 'How often members of the consumer protocol report.'),
  brokerDefault('consumer.assignment.interval.ms', 'How long at least a target assignment stands.'),
  brokerDefault('share.session.timeout.ms', 'How long a member of a share group may be silent.'),
  brokerDefault('share.heartbeat.interval.ms', 'How often members of a share group report.'),
  brokerDefault('share.assignment.interval.ms', 'How long at least an assignment of a share group stands.'),
  brokerDefault('share.record.lock.duration.ms', 'How long a member of a share group has a record for itself.'),
  brokerDefault('share.delivery.count.limit', 'How often a record is delivered to a share group at most.'),
  brokerDefault('share.partition.max.record.locks', 'Records of a partition that a share group has in work at most.'),
  brokerDefault('streams.session.timeout.ms', 'How long a member of a streams group may be silent.'),
  brokerDefault('streams.heartbeat.interval.ms', 'How often members of a streams group report.'),
  brokerDefault('streams.assignment.interval.ms', 'How long at least an assignment of a streams group stands.'),
  brokerDefault(INITIAL_DELAY, 'How long a streams group that was empty waits for more members.'),
  brokerDefault(STANDBYS, 'Standbys of each task of a streams group that keeps a state.'),
  ofGroup(
    OFFSET_RESET,
    'string',
    'latest',
    'Where a share group begins to read a partition: earliest, latest, or by_duration:PnDTnHnMn.nS before now.',
  ),
  ofGroup('share.isolation.level', 'string', 'read_uncommitted', 'Whether a share group reads uncommitted records.', [
    'read_committed',
    'read_uncommitted',
  ]),
  ofGroup('share.renew.acknowledge.enable', 'boolean', 'true', 'Whether members of a share group may renew locks.'),
];

const BY_NAME: ReadonlyMap<string, ConfigDefinition> = new Map(GROUP_CONFIGS.map((config) => [config.name, config]));

/** A config whose default, and bounds, are configs of the broker. */
function brokerDefault(name: string, documentation: string): ConfigDefinition {
  const brokerName = `group.${name}`;
  const { min } = brokerConfig(brokerName) ?? {};
  return {
    name,
    type: 'int',
    default: brokerConfig(brokerName)?.default ?? null,
    documentation,
    brokerNames: [brokerName],
    ...(min === undefined ? {} : { min }),
  };
}

function ofGroup(
  name: string,
  type: ConfigType,
  defaultValue: string,
  documentation: string,
  values?: readonly string[],
): ConfigDefinition {
  return { name, type, default: defaultValue, documentation, ...(values === undefined ? {} : { values }) };
}

/** The value of a config that a group goes by. */
export function groupConfigText(name: string, configs: GroupConfigs, broker: BrokerConfig): string {
  const definition = BY_NAME.get(name);
  assert(definition !== undefined, 'only configs that groups have are asked for');
  return effectiveGroupConfig(definition, configs, broker).value ?? '';
}

/** The value that a group goes by, and where it comes from. */
export function effectiveGroupConfig(
  definition: ConfigDefinition,
  configs: GroupConfigs,
  broker: BrokerConfig,
): EffectiveConfig {
  const own = configs[definition.name];
  if (own !== undefined) return { value: own, source: 'group', brokerName: null };
  const brokerName = definition.brokerNames?.[0];
  const value = brokerName === undefined ? definition.default : broker.text(brokerName);
  return { value, source: 'default', brokerName: null };
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
    if (definition.brokerNames !== undefined) checkBounds(name, Number(value), broker);
    if (name === OFFSET_RESET) checkOffsetReset(value);
    checked[name] = value.trim();
  }
  const number = (name: string): number => Number(groupConfigText(name, checked, broker));
  for (const type of ['consumer', 'share', 'streams']) {
    const [timeout, interval] = [`${type}.session.timeout.ms`, `${type}.heartbeat.interval.ms`];
    if (number(timeout) > number(interval)) continue;
    throw new BrokerError('INVALID_CONFIG', `${timeout} must be greater than ${interval}`);
  }
  return checked;
}

function checkOffsetReset(value: string): void {
  if (parseOffsetReset(value.trim()) !== null) return;
  throw new BrokerError(
    'INVALID_CONFIG',
    `Invalid value ${value} for configuration ${OFFSET_RESET}: The value must be either 'earliest', 'latest' or of the ` +
      "format 'by_duration:<PnDTnHnMn.nS>'.",
  );
}

function checkBounds(name: string, value: number, broker: BrokerConfig): void {
  const [min, max] = boundsOf(name);
  if (min !== null && value < broker.number(min)) {
    throw new BrokerError('INVALID_CONFIG', `${name} must be greater than or equal to ${min} (${broker.number(min)})`);
  }
  if (max !== null && value > broker.number(max)) {
    throw new BrokerError('INVALID_CONFIG', `${name} must be less than or equal to ${max} (${broker.number(max)})`);
  }
}

/** The configs of the broker that say what a group may have at least and at most; null where there is none. */
function boundsOf(name: string): readonly [string | null, string | null] {
  if (name === INITIAL_DELAY) return [null, null];
  if (name === STANDBYS) return [null, 'group.streams.max.standby.replicas'];
  return [`group.${name.replace('.', '.min.')}`, `group.${name.replace('.', '.max.')}`];
}
