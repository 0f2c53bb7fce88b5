import { BrokerError } from '../lib/broker-error.ts';

export type ConfigType = 'boolean' | 'string' | 'int' | 'short' | 'long' | 'double' | 'list' | 'class' | 'password';

/** One config as Kafka knows it. Values are text, as on the wire; `null` means that there is none. */
export type ConfigDefinition = {
  readonly name: string;
  readonly type: ConfigType;
  readonly default: string | null;
  readonly documentation: string;
  readonly min?: number;
  readonly max?: number;
  /** The only values allowed, of each element for a list. */
  readonly values?: readonly string[];
  /** Names of broker configs that give the default for topics, the first that is set. */
  readonly brokerNames?: readonly string[];
  /** Broker configs only: may be changed while the broker runs. */
  readonly isDynamic?: boolean;
};

const WHOLE_RANGES: Readonly<Record<string, readonly [number, number]>> = {
  short: [-32_768, 32_767],
  int: [-2_147_483_648, 2_147_483_647],
  long: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
};

/**
 * Checks a value against its definition.
 *
 * @throws BrokerError `INVALID_CONFIG` with Kafka's text, which tools show and match on.
 */
export function checkConfigValue(definition: ConfigDefinition, value: string): void {
  const { name, type } = definition;
  const refuse = (why: string): BrokerError =>
    new BrokerError('INVALID_CONFIG', `Invalid value ${value} for configuration ${name}: ${why}`);
  switch (type) {
    case 'boolean':
      if (!/^(true|false)$/i.test(value.trim())) throw refuse('Expected value to be either true or false');
      return;
    case 'short':
    case 'int':
    case 'long': {
      const range = WHOLE_RANGES[type]!;
      const number = Number(value.trim());
      if (!/^[+-]?\d+$/.test(value.trim()) || number < range[0] || number > range[1]) {
        throw refuse(`Not a number of type ${type.toUpperCase()}`);
      }
      checkRange(definition, number, refuse);
      return;
    }
    case 'double': {
      const number = Number(value.trim());
      if (value.trim() === '' || Number.isNaN(number)) throw refuse('Not a number of type DOUBLE');
      checkRange(definition, number, refuse);
      return;
    }
    case 'list':
      for (const element of splitList(value)) {
        if (definition.values?.includes(element) === false) {
          throw refuse(`String must be one of: ${definition.values.join(', ')}`);
        }
      }
      return;
    case 'string':
    case 'class':
    case 'password':
      if (definition.values?.includes(value) === false) {
        throw refuse(`String must be one of: ${definition.values.join(', ')}`);
      }
  }
}

export function splitList(value: string): string[] {
  return value
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');
}

function checkRange(definition: ConfigDefinition, value: number, refuse: (why: string) => BrokerError): void {
  const { min, max } = definition;
  if (min !== undefined && value < min) throw refuse(`Value must be at least ${min}`);
  if (max !== undefined && value > max) throw refuse(`Value must be no more than ${max}`);
}
