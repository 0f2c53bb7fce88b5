import { BrokerError } from '../lib/broker-error.ts';
import { BROKER_CONFIGS } from './broker-configs.ts';
import { type ConfigDefinition, checkConfigValue } from './config-definition.ts';

const BY_NAME: ReadonlyMap<string, ConfigDefinition> = new Map(BROKER_CONFIGS.map((config) => [config.name, config]));

/** Configs of one listener: `listener.name.NAME.CONFIG`. */
const LISTENER_CONFIG = /^listener\.name\.[^.]+\./;

/** Whether the broker has a use for a config of this name. */
export function isBrokerConfigName(name: string): boolean {
  return BY_NAME.has(name) || LISTENER_CONFIG.test(name);
}

/** The definition of a broker config, or undefined for a name that this broker does not know. */
export function brokerConfig(name: string): ConfigDefinition | undefined {
  return BY_NAME.get(name);
}

/**
 * The broker's configs under Kafka's names: what was changed while running, over what was given at the start, over the
 * defaults. Unknown names are kept and reported, as Kafka does, never refused.
 */
export class BrokerConfig {
  readonly #fixed: Readonly<Record<string, string>>;
  #changed: Readonly<Record<string, string>> = {};

  /** @throws BrokerError `INVALID_CONFIG` for a value that does not fit its config. */
  constructor(given: Readonly<Record<string, string>>) {
    for (const [name, value] of Object.entries(given)) {
      const definition = brokerConfig(name);
      if (definition !== undefined) checkConfigValue(definition, value);
    }
    this.#fixed = given;
  }

  /** Takes over the configs that were changed while running. */
  setChanged(changed: Readonly<Record<string, string>>): void {
    this.#changed = changed;
  }

  /** A value that somebody gave, or null where the default stands. */
  given(name: string): { readonly value: string; readonly isDynamic: boolean } | null {
    const changed = this.#changed[name];
    if (changed !== undefined) return { value: changed, isDynamic: true };
    const fixed = this.#fixed[name];
    return fixed === undefined ? null : { value: fixed, isDynamic: false };
  }

  text(name: string): string | null {
    return this.given(name)?.value ?? brokerConfig(name)?.default ?? null;
  }

  number(name: string): number {
    const value = this.text(name);
    if (value === null) throw new BrokerError('INVALID_CONFIG', `the broker config ${name} has no value`);
    return Number(value);
  }

  flag(name: string): boolean {
    return this.text(name)?.toLowerCase() === 'true';
  }

  /** Names that were given and that this broker does not know. */
  unknownNames(): string[] {
    return Object.keys(this.#fixed).filter((name) => !isBrokerConfigName(name));
  }
}
