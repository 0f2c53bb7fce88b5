import type { PrimitiveName } from '../../src/schema.ts';
import type { Code } from './code.ts';
import { defaultInstance, defaultOf, hasAllDefaults, isUsedAsDefault } from './defaults.ts';
import { hasUsefulDefault, type NamedField, type Shape } from './model.ts';

const TYPESCRIPT_TYPES: Readonly<Record<PrimitiveName, string>> = {
  bool: 'boolean',
  int8: 'number',
  int16: 'number',
  uint16: 'number',
  int32: 'number',
  uint32: 'number',
  int64: 'number',
  float64: 'number',
  string: 'string',
  uuid: 'string',
  bytes: 'Uint8Array',
  records: 'Uint8Array',
};

export function typeOf(field: NamedField): string {
  const type = field.type.kind === 'list' ? `readonly ${elementTypeOf(field)}[]` : elementTypeOf(field);
  return field.nullable === undefined ? type : `${type} | null`;
}

export function elementTypeOf(field: NamedField): string {
  if (field.shapeName !== undefined) return field.shapeName;
  const type = field.type.kind === 'list' ? field.type.element : field.type;
  return type.kind === 'primitive' ? TYPESCRIPT_TYPES[type.name] : type.name;
}

export function writeInterface(code: Code, shape: Shape, shapes: readonly Shape[]): void {
  code.block(`export interface ${shape.name}`, () => {
    for (const field of shape.fields) code.line(`readonly ${field.name}: ${typeOf(field)};`);
  });
  code.line();
  const useful = shape.fields.filter((field) => hasUsefulDefault(field, shape));
  if (useful.length > 0) writeDefaults(code, shape, useful, shapes);
  if (isUsedAsDefault(shape, shapes) && !hasAllDefaults(shape)) {
    const head = `const ${defaultInstance(shape)}: ${shape.name} = Object.freeze(`;
    code.block(head, () => writeDefaultFields(code, shape.fields, shapes), '});');
    code.line();
  }
}

function writeDefaults(code: Code, shape: Shape, useful: readonly NamedField[], shapes: readonly Shape[]): void {
  const head = `export const ${shape.name}Defaults: `;
  if (useful.length === shape.fields.length) code.line(`${head}${shape.name} = Object.freeze({`);
  else {
    code.line(`${head}Pick<`);
    code.indented(() => {
      code.line(`${shape.name},`);
      for (const field of useful) code.line(`| '${field.name}'`);
    });
    code.line('> = Object.freeze({');
  }
  code.indented(() => writeDefaultFields(code, useful, shapes));
  code.line('});');
  code.line();
}

function writeDefaultFields(code: Code, fields: readonly NamedField[], shapes: readonly Shape[]): void {
  for (const field of fields) {
    const value = defaultOf(field, shapes);
    code.line(`${field.name}: ${value === '[]' ? 'Object.freeze([])' : value},`);
  }
}
