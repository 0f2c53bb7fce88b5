import { MillraceError } from '@millrace/base';

/**
 * Settings by ksqlDB's names, as they stand for one statement: the server's, overridden by the session's and the
 * request's. Values keep the type they were given in; the readers below take either spelling.
 */
export type KsqlConfig = Readonly<Record<string, string | number | boolean>>;

export const DEFAULT_KEY_FORMAT = 'ksql.persistence.default.format.key';
export const DEFAULT_VALUE_FORMAT = 'ksql.persistence.default.format.value';
export const WRAP_SINGLE_VALUES = 'ksql.persistence.wrap.single.values';
export const OUTPUT_TOPIC_PREFIX = 'ksql.output.topic.name.prefix';
export const SERVICE_ID = 'ksql.service.id';
export const SUPPRESS_ENABLED = 'ksql.suppress.enabled';
/**
 * Millrace's own: EMIT FINAL gives out all open windows when for so many milliseconds no record has come. 0: they wait for
 * the next record.
 */
export const CLOSE_AFTER_IDLE_MS = 'millrace.close.windows.after.idle.ms';
export const THROW_ON_INVALID_TIMESTAMP = 'ksql.timestamp.throw.on.invalid';
export const FAIL_ON_DESERIALIZATION_ERROR = 'ksql.fail.on.deserialization.error';
export const FAIL_ON_PRODUCTION_ERROR = 'ksql.fail.on.production.error';

const DEFAULTS: KsqlConfig = {
  [DEFAULT_KEY_FORMAT]: 'KAFKA',
  [OUTPUT_TOPIC_PREFIX]: '',
  [SERVICE_ID]: 'default_',
  [SUPPRESS_ENABLED]: true,
  [THROW_ON_INVALID_TIMESTAMP]: false,
  [FAIL_ON_DESERIALIZATION_ERROR]: false,
  [FAIL_ON_PRODUCTION_ERROR]: true,
};

/** A setting or its default; undefined where it has neither. */
export function setting(config: KsqlConfig, name: string): string | undefined {
  const value = config[name] ?? DEFAULTS[name];
  return value === undefined ? undefined : String(value);
}

/** A switch; undefined where it is not set and has no default. */
export function booleanSetting(config: KsqlConfig, name: string): boolean | undefined {
  const value = setting(config, name);
  return value === undefined ? undefined : value.toLowerCase() === 'true';
}

/** A number that is not negative, or its default. @throws MillraceError `INVALID_CONFIG` */
export function numberSetting(config: KsqlConfig, name: string, otherwise: number): number {
  const value = setting(config, name);
  if (value === undefined) return otherwise;
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
  throw new MillraceError(
    'INVALID_CONFIG',
    `Invalid value ${value} for configuration ${name}: give a number from 0 on`,
  );
}
