import { canHold, infersSchemas } from '../../analysis/format-rules.ts';
import type { FormatInfo } from '../../catalog/data-source.ts';
import type { RekeyNode } from '../logical-plan.ts';

/** Whether rows are keyed already by what they shall be keyed by. */
export function hasKeyAlready({ expressions, input }: RekeyNode): boolean {
  const { key } = input.schema;
  return (
    expressions.length === key.length &&
    expressions.every((expression, position) => expression.kind === 'column' && expression.name === key[position]!.name)
  );
}

/** Whether keys are written as the join writes them, window and all. */
export function hasFormatAlready({ input, keyFormat, schema }: RekeyNode): boolean {
  if (keyFormat === null || input.kind !== 'source') return true;
  const own = input.source.keyFormat;
  const wanted = canHold(keyFormat.format, schema.key) ? keyFormat : own;
  return own.format === wanted.format && sameProperties(own, wanted) && sameWindow(own, wanted);
}

/**
 * Whether keys of one value and format are one in bytes. Not so with the id of a schema in front: the other side's schema
 * may have another id.
 */
export function hasComparableBytes({ input, keyFormat }: RekeyNode): boolean {
  return keyFormat === null || input.kind !== 'source' || !infersSchemas(keyFormat.format);
}

function sameProperties(left: FormatInfo, right: FormatInfo): boolean {
  const names = new Set([...Object.keys(left.properties), ...Object.keys(right.properties)]);
  return [...names].every((name) => left.properties[name] === right.properties[name]);
}

function sameWindow(left: FormatInfo, right: FormatInfo): boolean {
  const sizeOf = (format: FormatInfo): number | null =>
    'window' in format ? ((format.window as { readonly sizeMs: number | null } | null)?.sizeMs ?? null) : null;
  return sizeOf(left) === sizeOf(right);
}
