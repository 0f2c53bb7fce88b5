import { MillraceError } from '@millrace/base';
import type { FormatInfo } from '../catalog/data-source.ts';
import type { SerdeFeature } from '../formats/format.ts';
import { formatNamed } from '../formats/formats.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { type Column, printColumn } from '../types/schema.ts';
import { printName, printType, type SqlType } from '../types/sql-type.ts';

/** Properties that a sink takes over from its source when both have the format. */
const INHERITED: Readonly<Partial<Record<string, readonly string[]>>> = {
  DELIMITED: ['delimiter'],
  PROTOBUF: ['unwrapPrimitives'],
};

export function inheritedProperties(format: string): readonly string[] {
  return INHERITED[format] ?? [];
}

/** Whether the columns of this format can be taken from a schema registry. */
export function infersSchemas(format: string): boolean {
  return formatNamed(format).features.has('SCHEMA_INFERENCE');
}

/** @throws KsqlException for a format without registered schemas beside the id of one */
export function requireInference(side: 'KEY' | 'VALUE', format: string): void {
  if (infersSchemas(format)) return;
  throw new KsqlException(
    `${side}_FORMAT should support schema inference when ${side}_SCHEMA_ID is provided. Current format is ${format}.`,
  );
}

/** A key column alone is always bare where the format could do both. */
export function keyFeatures(columns: readonly Column[], format: string): readonly SerdeFeature[] {
  const { features } = formatNamed(format);
  const choice = features.has('WRAP_SINGLES') && features.has('UNWRAP_SINGLES');
  return columns.length === 1 && choice ? ['UNWRAP_SINGLES'] : [];
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
  const { features } = formatNamed(format);
  const single = columns.length === 1;
  if (wishes.wrapSingleValue !== null) {
    if (!single) throw new KsqlException("'WRAP_SINGLE_VALUE' is only valid for single-field value schemas");
    const feature: SerdeFeature = wishes.wrapSingleValue ? 'WRAP_SINGLES' : 'UNWRAP_SINGLES';
    if (!features.has(feature)) {
      throw new KsqlException(
        `Format '${format}' does not support 'WRAP_SINGLE_VALUE' set to '${wishes.wrapSingleValue}'.`,
      );
    }
    return [feature];
  }
  if (!single || wishes.configured === undefined) return [];
  const feature: SerdeFeature = wishes.configured ? 'WRAP_SINGLES' : 'UNWRAP_SINGLES';
  return features.has(feature) ? [feature] : [];
}

/** @throws KsqlException where key or value columns are of types that their format can't hold */
export function checkFormat(
  side: 'Key' | 'Value',
  format: FormatInfo & { readonly features: readonly SerdeFeature[] },
  columns: readonly Column[],
): void {
  const reason = objection(format.format, columns);
  if (reason === null) return;
  const printed = columns.map((each) => printColumn(each)).join(', ');
  throw new KsqlException(
    `${side} format does not support schema.\nformat: ${format.format}\n` +
      `schema: Persistence{columns=[${printed}], features=[${format.features.join(', ')}]}\nreason: ${reason}`,
  );
}

export function canHold(format: string, columns: readonly Column[]): boolean {
  return objection(format, columns) === null;
}

/** Why the format can't hold these columns, or null. */
function objection(format: string, columns: readonly Column[]): string | null {
  try {
    formatNamed(format).checkColumns(columns);
    return null;
  } catch (thrown) {
    if (thrown instanceof MillraceError && thrown.code === 'FORMAT_UNSUPPORTED') return thrown.message;
    throw thrown;
  }
}

/** @throws KsqlException for a key column that is a map or contains one: its bytes have no order to rely on */
export function refuseMapKeys(keys: readonly Pick<Column, 'name' | 'type'>[]): void {
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
