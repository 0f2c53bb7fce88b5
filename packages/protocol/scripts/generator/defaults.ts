import { LONG_MAX } from '../../src/lib/int64.ts';
import { hasUsefulDefault, type NamedField, type Shape } from './model.ts';
import { lowerFirst } from './names.ts';

/** The default of a field as an expression. */
export function defaultOf(field: NamedField, shapes: readonly Shape[]): string {
  const value = field.defaultValue;
  if (value === null) return 'null';
  if (value === LONG_MAX) return 'LONG_MAX';
  if (value !== undefined) return typeof value === 'string' ? `'${value}'` : String(value);
  if (field.type.kind === 'list') return '[]';
  if (field.type.kind === 'struct') return defaultInstance(shapes.find((shape) => shape.name === field.shapeName)!);
  switch (field.type.name) {
    case 'bool':
      return 'false';
    case 'string':
      return "''";
    case 'uuid':
      return 'ZERO_UUID';
    case 'bytes':
      return 'NO_BYTES';
    case 'records':
      return field.nullable === undefined ? 'NO_BYTES' : 'null';
    default:
      return '0';
  }
}

/** The constant that holds an instance with all fields at their defaults. */
export function defaultInstance(shape: Shape): string {
  const { name } = shape;
  return hasAllDefaults(shape) ? `${name}Defaults` : `${lowerFirst(name)}Default`;
}

export function hasAllDefaults(shape: Shape): boolean {
  return shape.fields.every((field) => hasUsefulDefault(field, shape));
}

/** Whether an instance with all defaults of `shape` stands for a field that is absent, or in the defaults of a user. */
export function isUsedAsDefault(shape: Shape, shapes: readonly Shape[]): boolean {
  return shapes.some((user) =>
    user.fields.some((field) => {
      const holds = field.type.kind === 'struct' && field.shapeName === shape.name && field.defaultValue !== null;
      return holds && (hasUsefulDefault(field, user) || isUsedAsDefault(user, shapes));
    }),
  );
}

/** An expression that is true when the field of `message` is at its default. */
export function isDefault(field: NamedField, shapes: readonly Shape[]): string {
  return comparison(field, shapes, { equal: '===', and: '&&', not: '' });
}

/** An expression that is true when the field of `message` is not at its default; in brackets where it needs them. */
export function differs(field: NamedField, shapes: readonly Shape[]): string {
  const expression = comparison(field, shapes, { equal: '!==', and: '||', not: '!' });
  return expression.includes('||') ? `(${expression})` : expression;
}

type Operators = { readonly equal: '===' | '!=='; readonly and: '&&' | '||'; readonly not: '' | '!' };

function comparison(field: NamedField, shapes: readonly Shape[], { equal, and, not }: Operators): string {
  const value = `message.${field.name}`;
  const expected = defaultOf(field, shapes);
  const unequal = equal === '===' ? '!==' : '===';
  const orNull = field.nullable === undefined ? '' : `${value} ${unequal} null ${and} `;
  if (expected === 'null') return `${value} ${equal} null`;
  if (field.type.kind === 'list' || expected === 'NO_BYTES') return `${orNull}${value}.length ${equal} 0`;
  if (field.type.kind === 'struct') return `${orNull}${not}isDefault${field.shapeName}(${value})`;
  return `${value} ${equal} ${expected}`;
}
