import { MillraceError } from '@millrace/base';
import { compareDecimals, type Decimal } from './decimal.ts';
import type { SqlType } from './sql-type.ts';
import type { SqlValue } from './values.ts';

/** Negative, zero or positive, for two values of one type, neither of them null. */
export type Comparator = (left: SqlValue, right: SqlValue) => number;
/** Equality of two values of one type; null equals null only. */
export type Equality = (left: SqlValue, right: SqlValue) => boolean;

/** The order of bytes is that of Java's ByteBuffer, whose bytes are signed. */
function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = ((left[index]! << 24) >> 24) - ((right[index]! << 24) >> 24);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

const natural: Comparator = (left, right) =>
  (left as number) < (right as number) ? -1 : (left as number) > (right as number) ? 1 : 0;

/** The order of a type's values; undefined for types without one (arrays, maps, structs). */
export function comparatorOf(type: SqlType): Comparator | undefined {
  switch (type.kind) {
    case 'DECIMAL':
      return (left, right) => compareDecimals(left as Decimal, right as Decimal);
    case 'BYTES':
      return (left, right) => compareBytes(left as Uint8Array, right as Uint8Array);
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return undefined;
    default:
      return natural;
  }
}

/** The order of a type's values; for types without one, one that throws. */
export function orderOf(type: SqlType): Comparator {
  return comparatorOf(type) ?? (() => unordered(type));
}

function unordered({ kind }: SqlType): never {
  throw new MillraceError('INVALID_ARGUMENT', `Values of type ${kind} have no order`);
}

const identity: Equality = (left, right) => left === right;

const orNull =
  (equal: Equality): Equality =>
  (left, right) =>
    left === null || right === null ? left === right : equal(left, right);

/** Equality of values of a type, element by element in nested ones. */
export function equalityOf(type: SqlType): Equality {
  switch (type.kind) {
    case 'DECIMAL':
      return orNull((left, right) => compareDecimals(left as Decimal, right as Decimal) === 0);
    case 'BYTES':
      return orNull((left, right) => sameBytes(left as Uint8Array, right as Uint8Array));
    case 'ARRAY': {
      const equal = equalityOf(type.element);
      return orNull((left, right) => {
        const ours = left as readonly SqlValue[];
        const others = right as readonly SqlValue[];
        return ours.length === others.length && ours.every((each, index) => equal(each, others[index]!));
      });
    }
    case 'MAP':
      return orNull(mapEquality(equalityOf(type.value)));
    case 'STRUCT': {
      const fields = type.fields.map((field) => equalityOf(field.type));
      return orNull((left, right) => {
        const ours = left as readonly SqlValue[];
        const others = right as readonly SqlValue[];
        return fields.every((equal, index) => equal(ours[index]!, others[index]!));
      });
    }
    default:
      return identity;
  }
}

function mapEquality(equal: Equality): Equality {
  return (left, right) => {
    const ours = left as ReadonlyMap<SqlValue, SqlValue>;
    const others = right as ReadonlyMap<SqlValue, SqlValue>;
    if (ours.size !== others.size) return false;
    for (const [key, value] of ours) {
      const other = others.get(key);
      if (other === undefined || !equal(value, other)) return false;
    }
    return true;
  };
}

/**
 * A key for Maps and Sets: equal values of the type, and only they, have the same one. Primitive values are their own
 * key; the others get a text.
 */
export function identityOf(type: SqlType): (value: SqlValue) => unknown {
  switch (type.kind) {
    case 'DECIMAL':
    case 'BYTES':
    case 'ARRAY':
    case 'MAP':
    case 'STRUCT':
      return (value) => (value === null ? null : identityText(type, value));
    default:
      return (value) => value;
  }
}

function identityText(type: SqlType, value: SqlValue): string {
  if (value === null) return '-';
  switch (type.kind) {
    case 'DECIMAL':
      return normalDecimal(value as Decimal);
    case 'BYTES':
      return (value as Uint8Array).join(',');
    case 'ARRAY':
      return JSON.stringify((value as readonly SqlValue[]).map((each) => identityText(type.element, each)));
    case 'MAP': {
      const entries = [...(value as ReadonlyMap<SqlValue, SqlValue>)].map(([key, each]) =>
        JSON.stringify([identityText(type.key, key), identityText(type.value, each)]),
      );
      return JSON.stringify(entries.sort());
    }
    case 'STRUCT':
      return JSON.stringify(
        type.fields.map((field, index) => identityText(field.type, (value as readonly SqlValue[])[index]!)),
      );
    default:
      return `=${String(value)}`;
  }
}

function normalDecimal(value: Decimal): string {
  let { unscaled, scale } = value;
  while (scale > 0 && unscaled % 10n === 0n) {
    unscaled /= 10n;
    scale--;
  }
  return `${unscaled}e${-scale}`;
}
