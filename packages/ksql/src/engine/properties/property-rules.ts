import { CLOSE_AFTER_IDLE_MS, type KsqlConfig } from '../../lib/ksql-config.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import { KAFKA_PROPERTIES, TOPIC_PROPERTIES } from './kafka-properties.ts';
import { KSQL_PROPERTIES, type PropertyDefinition } from './ksql-properties.ts';

type PropertyValue = KsqlConfig[string];

const KSQL_PREFIX = 'ksql.';
const STREAMS_PREFIX = 'ksql.streams.';
const CLIENT_PREFIX = /^(consumer|producer|admin|main\.consumer|restore\.consumer|global\.consumer)\./;
const TOPIC_PREFIX = 'topic.';
/** Of functions anything may be said: they read it themselves. */
const FUNCTIONS_PREFIX = 'ksql.functions.';
/** Settings that ksqlDB does not have. */
const OWN: Readonly<Record<string, PropertyDefinition>> = {
  [CLOSE_AFTER_IDLE_MS]: { type: 'LONG', default: '0' },
};

const ANYTHING: PropertyDefinition = { type: 'STRING', default: null };

/** What no statement and no request may change: the server has settled it for all. */
const IMMUTABLE: ReadonlySet<string> = new Set([
  ...['bootstrap.servers', 'ksql.extension.dir', 'ksql.query.persistent.active.limit', 'ksql.pull.queries.enable'],
  ...['ksql.hidden.topics', 'ksql.readonly.topics', 'ksql.source.table.materialization.enabled'],
  'ksql.headers.columns.enabled',
]);

const DENYLIST = 'ksql.properties.overrides.denylist';
const SERVICE_ID = 'ksql.service.id';

/** A setting by any of its names; undefined for one that nobody has. */
export function definitionOf(name: string): PropertyDefinition | undefined {
  if (name.startsWith(KSQL_PREFIX) && !name.startsWith(STREAMS_PREFIX)) {
    return KSQL_PROPERTIES[name] ?? (name.startsWith(FUNCTIONS_PREFIX) ? ANYTHING : undefined);
  }
  const bare = name.startsWith(STREAMS_PREFIX) ? name.slice(STREAMS_PREFIX.length) : name;
  if (bare.startsWith(TOPIC_PREFIX)) {
    return TOPIC_PROPERTIES.has(bare.slice(TOPIC_PREFIX.length)) ? ANYTHING : undefined;
  }
  return OWN[name] ?? KSQL_PROPERTIES[name] ?? KAFKA_PROPERTIES.get(bare.replace(CLIENT_PREFIX, ''));
}

/**
 * What a request says beside its statements, checked name by name.
 * @throws KsqlException in ksqlDB's words
 */
export function checkOverrides(overrides: KsqlConfig, config: KsqlConfig): void {
  for (const [name, value] of Object.entries(overrides)) {
    if (definitionOf(name) === undefined) {
      throw new KsqlException(`Not recognizable as ksql, streams, consumer, or producer property: '${name}'`);
    }
    checkValue(name, value);
  }
  refuseDenied(Object.keys(overrides), config);
}

/** SET. @throws KsqlException */
export function checkSet(name: string, value: PropertyValue, config: KsqlConfig): void {
  checkUnset(name);
  refuseDenied([name], config);
  checkValue(name, value);
}

/** UNSET. @throws KsqlException */
export function checkUnset(name: string): void {
  if (definitionOf(name) === undefined) throw new KsqlException(`Unknown property: ${name}`);
}

/** @throws KsqlException for what the owner of the server keeps to himself */
export function refuseDenied(names: readonly string[], config: KsqlConfig): void {
  const denied = [...String(config[DENYLIST] ?? '').split(','), SERVICE_ID].map((name) => name.trim());
  const found = names.filter((name) => denied.includes(name));
  if (found.length === 0) return;
  throw new KsqlException(
    'One or more properties overrides set locally are prohibited by the KSQL server denylist ' +
      `(use UNSET to reset their default value): [${found.join(', ')}]`,
  );
}

function checkValue(name: string, value: PropertyValue): void {
  const bare = name.startsWith(STREAMS_PREFIX) ? name.slice(STREAMS_PREFIX.length) : name;
  if (IMMUTABLE.has(bare) || bare.startsWith('ssl.')) throw new KsqlException(`Cannot override property '${bare}'`);
  const wrong = complaint(bare, String(value).trim(), definitionOf(name)!);
  if (wrong !== null) throw new KsqlException(`Invalid value ${value} for configuration ${bare}: ${wrong}`);
}

const WHOLE = /^[+-]?\d+$/;
const INT_MAX = 2_147_483_647n;
const LONG_MAX = 9_223_372_036_854_775_807n;
/** `earliest`, `latest`, and a time to go back (KIP-1106). */
const OFFSET_RESET = /^(earliest|latest|by_duration:-?P.+)$/i;

/** What Kafka says of a value that can't be; null for one that can. */
function complaint(name: string, text: string, { type, oneOf }: PropertyDefinition): string | null {
  if (name.endsWith('auto.offset.reset') && !OFFSET_RESET.test(text)) {
    return text.toLowerCase() === 'none'
      ? "'none' is not valid for this property within KSQL"
      : "The value must be either 'earliest', 'latest' or of the format 'by_duration:<PnDTnHnMn.nS>'.";
  }
  if (oneOf !== undefined && !oneOf.includes(text)) return `String must be one of: ${oneOf.join(', ')}`;
  switch (type) {
    case 'BOOLEAN':
      return /^(true|false)$/i.test(text) ? null : 'Expected value to be either true or false';
    case 'INT':
      return isWhole(text, INT_MAX) ? null : 'Not a number of type INT';
    case 'LONG':
      return isWhole(text, LONG_MAX) ? null : 'Not a number of type LONG';
    case 'DOUBLE':
      return text !== '' && Number.isFinite(Number(text)) ? null : 'Not a number of type DOUBLE';
    default:
      return null;
  }
}

function isWhole(text: string, max: bigint): boolean {
  if (!WHOLE.test(text)) return false;
  const value = BigInt(text);
  return value <= max && value >= -max - 1n;
}
