import type { PrimitiveName } from '../../src/schema.ts';

export function upperFirst(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

export function lowerFirst(text: string): string {
  return text[0]!.toLowerCase() + text.slice(1);
}

export function kebabCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-').toLowerCase();
}

/** The constant that holds the codec of a message that stands by itself. */
export function codecName(message: string): string {
  return `${lowerFirst(message)}Codec`;
}

/** Types whose bytes begin with their length, which is compact in flexible versions. */
export function isSized(name: PrimitiveName): boolean {
  return name === 'string' || name === 'bytes' || name === 'records';
}

/** The method of reader and writer for a type with a length. */
export function sizedName(name: PrimitiveName, flexible: boolean, nullable: boolean): string {
  const type = name === 'records' ? 'bytes' : name;
  const orNull = nullable ? `nullable${upperFirst(type)}` : type;
  return flexible ? `compact${upperFirst(orNull)}` : orNull;
}

/** The method of reader and writer for an element of a list, which is never null. */
export function elementName(name: PrimitiveName, flexible: boolean): string {
  return isSized(name) ? sizedName(name, flexible, false) : name;
}
