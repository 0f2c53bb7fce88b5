import type { FormatInfo, SerdeFeature } from '../catalog/data-source.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { type Column, printColumn } from '../types/schema.ts';
import { printName, type SqlType } from '../types/sql-type.ts';

/** What analysis has to know of a format; how it writes bytes stands in `formats/`. */
type FormatRules = {
  readonly features: readonly SerdeFeature[];
  /** Whether columns can be taken from a schema registry. */
  readonly inference: boolean;
  /** Properties that a sink takes over from its source when both have this format. */
  readonly inherited: readonly string[];
  /** Why these columns can't be written, or null. */
  readonly objection: (columns: readonly Column[]) => string | null;
};

const BOTH: readonly SerdeFeature[] = ['WRAP_SINGLES', 'UNWRAP_SINGLES'];
const KAFKA_TYPES: readonly SqlType['kind'][] = ['INTEGER', 'BIGINT', 'DOUBLE', 'STRING', 'BYTES'];
const NESTED_TYPES: readonly SqlType['kind'][] = ['ARRAY', 'MAP', 'STRUCT'];

const anything = (): null => null;

function unsupported(format: string, column: Column): string {
  return `The '${format}' format does not support type '${column.type.kind}', column: ${printName(column.name)}`;
}

function kafkaObjection(columns: readonly Column[]): string | null {
  const wrong = columns.find((column) => !KAFKA_TYPES.includes(column.type.kind));
  if (columns.length > 1) {
    return `The 'KAFKA' format only supports a single field. Got: [${columns.map((each) => printColumn(each)).join(', ')}]`;
  }
  return wrong === undefined ? null : unsupported('KAFKA', wrong);
}

function delimitedObjection(columns: readonly Column[]): string | null {
  const wrong = columns.find((column) => NESTED_TYPES.includes(column.type.kind));
  return wrong === undefined ? null : unsupported('DELIMITED', wrong);
}

function noneObjection(columns: readonly Column[]): string | null {
  if (columns.length === 0) return null;
  const got = columns.map((each) => printColumn(each)).join(', ');
  return `The 'NONE' format can only be used when no columns are defined. Got: [${got}]`;
}

function stringKeyedMaps(message: string): (columns: readonly Column[]) => string | null {
  const hasOtherMap = (type: SqlType): boolean => {
    switch (type.kind) {
      case 'MAP':
        return type.key.kind !== 'STRING' || hasOtherMap(type.value);
      case 'ARRAY':
        return hasOtherMap(type.element);
      case 'STRUCT':
        return type.fields.some((field) => hasOtherMap(field.type));
      default:
        return false;
    }
  };
  return (columns) => (columns.some((column) => hasOtherMap(column.type)) ? message : null);
}

const jsonObjection = stringKeyedMaps('JSON only supports MAP types with STRING keys');
const protobufObjection = stringKeyedMaps('PROTOBUF format only supports MAP types with STRING keys');

const RULES: ReadonlyMap<string, FormatRules> = new Map([
  ['JSON', { features: BOTH, inference: false, inherited: [], objection: jsonObjection }],
  ['JSON_SR', { features: BOTH, inference: true, inherited: [], objection: jsonObjection }],
  ['AVRO', { features: BOTH, inference: true, inherited: [], objection: anything }],
  [
    'PROTOBUF',
    { features: ['WRAP_SINGLES'], inference: true, inherited: ['unwrapPrimitives'], objection: protobufObjection },
  ],
  ['PROTOBUF_NOSR', { features: BOTH, inference: false, inherited: [], objection: protobufObjection }],
  [
    'DELIMITED',
    { features: ['UNWRAP_SINGLES'], inference: false, inherited: ['delimiter'], objection: delimitedObjection },
  ],
  ['KAFKA', { features: ['UNWRAP_SINGLES'], inference: false, inherited: [], objection: kafkaObjection }],
  ['NONE', { features: [], inference: false, inherited: [], objection: noneObjection }],
]);

/** @throws KsqlException for a name that no format has */
export function formatRules(name: string): FormatRules {
  const rules = RULES.get(name);
  if (rules === undefined) throw new KsqlException(`Unknown format: ${name}`);
  return rules;
}

/** A key column alone is always bare where the format could do both. */
export function keyFeatures(columns: readonly Column[], format: string): readonly SerdeFeature[] {
  const { features } = formatRules(format);
  return columns.length === 1 && features.length === BOTH.length ? ['UNWRAP_SINGLES'] : [];
}

/**
 * How a value of one column is written: as the statement says, else as the setting says, else as the format likes.
 * @throws KsqlException where the statement asks for what the columns or the format can't do
 */
export function valueFeatures(
  columns: readonly Column[],
  format: string,
  wishes: { readonly wrapSingleValue: boolean | null; readonly configured: boolean | undefined },
): readonly SerdeFeature[] {
  const { features } = formatRules(format);
  const single = columns.length === 1;
  if (wishes.wrapSingleValue !== null) {
    if (!single) throw new KsqlException("'WRAP_SINGLE_VALUE' is only valid for single-field value schemas");
    const feature: SerdeFeature = wishes.wrapSingleValue ? 'WRAP_SINGLES' : 'UNWRAP_SINGLES';
    if (!features.includes(feature)) {
      throw new KsqlException(
        `Format '${format}' does not support 'WRAP_SINGLE_VALUE' set to '${wishes.wrapSingleValue}'.`,
      );
    }
    return [feature];
  }
  if (!single || wishes.configured === undefined) return [];
  const feature: SerdeFeature = wishes.configured ? 'WRAP_SINGLES' : 'UNWRAP_SINGLES';
  return features.includes(feature) ? [feature] : [];
}

/** @throws KsqlException where key or value columns are of types that their format can't hold */
export function checkFormat(
  side: 'Key' | 'Value',
  format: FormatInfo & { readonly features: readonly SerdeFeature[] },
  columns: readonly Column[],
): void {
  const reason = formatRules(format.format).objection(columns);
  if (reason === null) return;
  const printed = columns.map((each) => printColumn(each)).join(', ');
  throw new KsqlException(
    `${side} format does not support schema.\nformat: ${format.format}\n` +
      `schema: Persistence{columns=[${printed}], features=[${format.features.join(', ')}]}\nreason: ${reason}`,
  );
}

/** @throws KsqlException for a key column that is a map or contains one: its bytes have no order to rely on */
export function refuseMapKeys(
  keys: readonly Pick<Column, 'name' | 'type'>[],
  printType: (type: SqlType) => string,
): void {
  const containsMap = (type: SqlType): boolean => {
    switch (type.kind) {
      case 'MAP':
        return true;
      case 'ARRAY':
        return containsMap(type.element);
      case 'STRUCT':
        return type.fields.some((field) => containsMap(field.type));
      default:
        return false;
    }
  };
  const wrong = keys.find((column) => containsMap(column.type));
  if (wrong === undefined) return;
  throw new KsqlException(
    'Map keys, including types that contain maps, are not supported as they may lead to unexpected behavior due to ' +
      `inconsistent serialization. Key column name: ${printName(wrong.name)}. Column type: ${printType(wrong.type)}. ` +
      'See https://github.com/confluentinc/ksql/issues/6621 for more.',
  );
}
