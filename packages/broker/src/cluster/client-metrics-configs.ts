import { BrokerError } from '../lib/broker-error.ts';
import { type ConfigDefinition, checkConfigValue } from './config-definition.ts';

/** The configs of one subscription to metrics of clients (KIP-714). They are kept as Kafka keeps them; nobody asks for them. */
export const CLIENT_METRICS_CONFIGS: readonly ConfigDefinition[] = [
  { name: 'metrics', type: 'list', default: '', documentation: 'Beginnings of the names of the metrics; * for all.' },
  {
    name: 'interval.ms',
    type: 'int',
    default: '300000',
    documentation: 'How often clients are to send them.',
    min: 100,
    max: 3_600_000,
  },
  { name: 'match', type: 'list', default: '', documentation: 'Which clients: NAME=PATTERN,…' },
];

/** @throws BrokerError `INVALID_CONFIG` */
export function checkClientMetricsConfigs(configs: Readonly<Record<string, string | null>>): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(configs)) {
    const definition = CLIENT_METRICS_CONFIGS.find((config) => config.name === name);
    if (definition === undefined)
      throw new BrokerError('INVALID_CONFIG', `Unknown client metrics configuration: ${name}`);
    if (value === null)
      throw new BrokerError('INVALID_CONFIG', `Null value not supported for client metrics configs: ${name}`);
    checkConfigValue(definition, value);
    checked[name] = value.trim();
  }
  return checked;
}
