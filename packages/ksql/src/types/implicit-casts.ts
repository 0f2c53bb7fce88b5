import {
  arrayType,
  type DecimalType,
  decimalType,
  isNumeric,
  mapType,
  numericWidth,
  type SqlKind,
  type SqlType,
  SqlTypes,
  sameType,
} from './sql-type.ts';

/** The decimals that hold every INTEGER and every BIGINT. */
const INTEGER_AS_DECIMAL: DecimalType = decimalType(10, 0);
const BIGINT_AS_DECIMAL: DecimalType = decimalType(19, 0);

/** The decimal type that holds every value of a numeric type exactly; undefined for DOUBLE and for what is no number. */
export function exactDecimalType(type: SqlType): DecimalType | undefined {
  switch (type.kind) {
    case 'DECIMAL':
      return type;
    case 'INTEGER':
      return INTEGER_AS_DECIMAL;
    case 'BIGINT':
      return BIGINT_AS_DECIMAL;
    default:
      return undefined;
  }
}

/** Whether a value of kind `from` may stand where `to` is asked for, looking at kinds alone. */
export function kindWidensTo(from: SqlKind, to: SqlKind): boolean {
  if (from === to) return true;
  const narrow = numericWidth({ kind: from } as SqlType);
  const wide = numericWidth({ kind: to } as SqlType);
  return narrow !== undefined && wide !== undefined && narrow < wide;
}

/** Whether every value of `from` can be had as `to` without a cast being written: numbers widen, nested types do so inside. */
export function widensTo(from: SqlType, to: SqlType): boolean {
  if (sameType(from, to)) return true;
  switch (to.kind) {
    case 'DECIMAL': {
      const exact = exactDecimalType(from);
      return exact !== undefined && exact.scale <= to.scale && exact.precision - exact.scale <= to.precision - to.scale;
    }
    case 'ARRAY':
      return from.kind === 'ARRAY' && widensTo(from.element, to.element);
    case 'MAP':
      return from.kind === 'MAP' && widensTo(from.key, to.key) && widensTo(from.value, to.value);
    case 'STRUCT':
      return (
        from.kind === 'STRUCT' &&
        from.fields.every((field) => {
          const target = to.fields.find((other) => other.name === field.name);
          return target !== undefined && widensTo(field.type, target.type);
        })
      );
    default:
      return kindWidensTo(from.kind, to.kind);
  }
}

/** A decimal wide enough for both, whole digits and scale each the greater. */
export function widerDecimal(left: DecimalType, right: DecimalType): DecimalType {
  const whole = Math.max(left.precision - left.scale, right.precision - right.scale);
  const scale = Math.max(left.scale, right.scale);
  return decimalType(whole + scale, scale);
}

/**
 * The narrowest type to which values of both types widen; structs get the fields of both. Undefined when there is none.
 * `laxly`: one of them is a literal, so that it may also become a STRING, or a STRING a time.
 */
export function commonType(left: SqlType, right: SqlType): SqlType | undefined {
  if (sameType(left, right)) return left;
  if (isNumeric(left) && isNumeric(right)) return commonNumericType(left, right);
  if (left.kind === 'ARRAY' && right.kind === 'ARRAY') {
    const element = commonType(left.element, right.element);
    return element && arrayType(element);
  }
  if (left.kind === 'MAP' && right.kind === 'MAP') {
    const key = commonType(left.key, right.key);
    const value = commonType(left.value, right.value);
    return key && value && mapType(key, value);
  }
  if (left.kind === 'STRUCT' && right.kind === 'STRUCT') {
    if (widensTo(left, right)) return right;
    return widensTo(right, left) ? left : undefined;
  }
  return undefined;
}

function commonNumericType(left: SqlType, right: SqlType): SqlType {
  if (left.kind === 'DOUBLE' || right.kind === 'DOUBLE') return SqlTypes.DOUBLE;
  if (left.kind === 'DECIMAL' || right.kind === 'DECIMAL') {
    return widerDecimal(exactDecimalType(left)!, exactDecimalType(right)!);
  }
  return left.kind === 'BIGINT' ? left : right;
}
