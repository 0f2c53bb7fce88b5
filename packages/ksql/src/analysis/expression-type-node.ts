import { MillraceError } from '@millrace/base';
import type { TypeNode } from '../syntax/ast.ts';
import { arrayType, decimalType, mapType, primitiveTypeNamed, type SqlType, structType } from '../types/sql-type.ts';

/** Custom types (`CREATE TYPE`) by their folded name. */
export type CustomTypes = ReadonlyMap<string, SqlType>;

/** The type that a statement means. @throws MillraceError `UNKNOWN_TYPE`, `INVALID_TYPE` */
export function resolveTypeNode(node: TypeNode, customTypes: CustomTypes): SqlType {
  switch (node.kind) {
    case 'array-type':
      return arrayType(resolveTypeNode(node.element, customTypes));
    case 'map-type':
      return mapType(resolveTypeNode(node.key, customTypes), resolveTypeNode(node.value, customTypes));
    case 'struct-type':
      return structType(
        node.fields.map((field) => ({ name: field.name, type: resolveTypeNode(field.type, customTypes) })),
      );
    case 'named-type':
      return resolveName(node.name, node.parameters, customTypes);
  }
}

function resolveName(name: string, parameters: readonly string[], customTypes: CustomTypes): SqlType {
  const upper = name.toUpperCase();
  if (upper === 'DECIMAL' || upper === 'DEC') {
    if (parameters.length !== 2) {
      throw new MillraceError('INVALID_TYPE', 'DECIMAL requires precision and scale, for example DECIMAL(4, 2)');
    }
    return decimalType(digitCount(parameters[0]!, 'PRECISION'), digitCount(parameters[1]!, 'SCALE'));
  }
  const found = primitiveTypeNamed(name) ?? customTypes.get(name);
  if (found === undefined) {
    throw new MillraceError('UNKNOWN_TYPE', `Cannot resolve unknown type: ${name}`);
  }
  return found;
}

const INTEGER_MAX = 2_147_483_647;

function digitCount(text: string, of: 'PRECISION' | 'SCALE'): number {
  const count = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(count) <= INTEGER_MAX) return count;
  throw new MillraceError('INVALID_TYPE', `Value must be integer for command: DECIMAL(${of})`);
}
