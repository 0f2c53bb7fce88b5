import type { Field, Fields, FieldType, MessageDeclaration, StructType, VersionRange } from '../../src/schema.ts';
import { includes } from '../../src/schema.ts';
import { intersect } from './versions.ts';

/** A message or a struct inside of it, as the generator sees it: an interface with its codec functions. */
export type Shape = {
  /** The name of the interface. */
  readonly name: string;
  readonly fields: readonly NamedField[];
  /** The versions in which the shape can occur. */
  readonly versions: VersionRange;
  readonly flexible: VersionRange | undefined;
  /** Used as the element of a list; then it gets functions for the whole list. */
  readonly inList: boolean;
  /** Used as a single field; then it gets a frozen instance of all defaults. */
  readonly single: boolean;
};

export type NamedField = Field & {
  readonly name: string;
  /** The interface of the struct that this field holds, one or a list of. */
  readonly shapeName: string | undefined;
};

/** The shapes of a message, the innermost first and the message itself last. */
export function shapesOf(declaration: MessageDeclaration): Shape[] {
  const shapes = new Map<string, Shape>();
  const visit = (name: string, fields: Fields, versions: VersionRange, use: 'message' | 'list' | 'single'): void => {
    for (const field of Object.values(fields)) {
      const struct = structIn(field.type);
      const inner = intersect(field.versions, versions);
      if (struct === undefined || inner === null) continue;
      visit(shapeName(declaration.name, struct), struct.fields, inner, field.type.kind === 'list' ? 'list' : 'single');
    }
    const known = shapes.get(name);
    shapes.set(name, {
      name,
      fields: Object.entries(fields).map(([fieldName, field]) => named(declaration.name, fieldName, field)),
      versions: known === undefined ? versions : union(known.versions, versions),
      flexible: declaration.flexible,
      inList: use === 'list' || known?.inList === true,
      single: use === 'single' || known?.single === true,
    });
  };
  visit(declaration.name, declaration.fields, declaration.versions, 'message');
  return [...shapes.values()];
}

/** `FetchRequestFetchTopic`; a struct that Kafka already named after its message keeps its name. */
function shapeName(message: string, struct: StructType): string {
  return struct.name.startsWith(message) ? struct.name : message + struct.name;
}

function named(message: string, name: string, field: Field): NamedField {
  const struct = structIn(field.type);
  return { ...field, name, shapeName: struct === undefined ? undefined : shapeName(message, struct) };
}

function structIn(type: FieldType): StructType | undefined {
  if (type.kind === 'struct') return type;
  return type.kind === 'list' ? structIn(type.element) : undefined;
}

function union(a: VersionRange, b: VersionRange): VersionRange {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}

/** The name of a field as a variable, clear of the names that codec functions use. */
export function local(field: NamedField): string {
  return RESERVED.has(field.name) ? `${field.name}Field` : field.name;
}

const RESERVED = new Set([
  ...['reader', 'writer', 'version', 'message', 'flexible', 'tag', 'tags', 'start', 'end', 'item'],
  ...['case', 'class', 'const', 'default', 'delete', 'enum', 'export', 'function', 'import', 'in', 'new', 'package'],
]);

/** Fields whose default users of the interface may lean on: those that need not be thought of in every message. */
export function hasUsefulDefault(field: NamedField, shape: Shape): boolean {
  return (
    field.defaultValue !== undefined ||
    field.ignorable ||
    field.tag !== undefined ||
    field.versions.first > shape.versions.first ||
    field.versions.last < shape.versions.last
  );
}

/** The fewest bytes that a struct of this shape takes in any version. */
export function bytesMin(shape: Shape, shapes: readonly Shape[]): number {
  let fewest = Number.POSITIVE_INFINITY;
  for (let version = shape.versions.first; version <= shape.versions.last; version++) {
    fewest = Math.min(fewest, bytesInVersion(shape, version, shapes));
  }
  return Math.max(1, fewest);
}

function bytesInVersion(shape: Shape, version: number, shapes: readonly Shape[]): number {
  const flexible = includes(shape.flexible, version);
  let sum = flexible ? 1 : 0;
  for (const field of shape.fields) {
    if (!includes(field.versions, version) || field.tag !== undefined) continue;
    sum += fieldBytesMin(field, version, flexible, shapes);
  }
  return sum;
}

function fieldBytesMin(field: NamedField, version: number, flexible: boolean, shapes: readonly Shape[]): number {
  if (field.type.kind === 'list') return flexible ? 1 : 4;
  if (field.type.kind === 'primitive') return primitiveBytesMin(field.type.name, flexible);
  if (includes(field.nullable, version)) return 1;
  return bytesInVersion(shapes.find((shape) => shape.name === field.shapeName)!, version, shapes);
}

export function primitiveBytesMin(name: string, flexible: boolean): number {
  switch (name) {
    case 'bool':
    case 'int8':
      return 1;
    case 'int16':
    case 'uint16':
      return 2;
    case 'int32':
    case 'uint32':
      return 4;
    case 'int64':
    case 'float64':
      return 8;
    case 'uuid':
      return 16;
    case 'string':
      return flexible ? 1 : 2;
    default:
      return flexible ? 1 : 4;
  }
}
