import type { VersionRange } from '../../src/schema.ts';
import { type Code, LINE_COLUMNS_MAX } from './code.ts';
import { defaultOf } from './defaults.ts';
import { typeOf } from './interfaces.ts';
import { bytesMin, local, type NamedField, primitiveBytesMin, type Shape } from './model.ts';
import { elementName, isSized, sizedName, upperFirst } from './names.ts';
import { condition, intersect, within } from './versions.ts';

/** Writes the function that reads a shape, and the one that reads a list of it. */
export function writeDecoder(code: Code, shape: Shape, shapes: readonly Shape[], exported: boolean): void {
  const writer = new DecoderWriter(code, shape, shapes);
  const head = `function decode${shape.name}(reader: Reader, version: number): ${shape.name}`;
  code.function(exported ? `export ${head}` : head, () => writer.body());
  if (shape.inList) writeListDecoder(code, shape);
}

function writeListDecoder(code: Code, shape: Shape): void {
  code.block(
    `function decode${shape.name}List(reader: Reader, version: number, length: number): ${shape.name}[]`,
    () => {
      code.line(`const list: ${shape.name}[] = [];`);
      code.line(`for (let index = 0; index < length; index++) list.push(decode${shape.name}(reader, version));`);
      code.line('return list;');
    },
  );
  code.line();
}

class DecoderWriter {
  readonly #code: Code;
  readonly #shape: Shape;
  readonly #shapes: readonly Shape[];

  constructor(code: Code, shape: Shape, shapes: readonly Shape[]) {
    this.#code = code;
    this.#shape = shape;
    this.#shapes = shapes;
  }

  body(): void {
    const { versions, flexible, fields } = this.#shape;
    const isFlexible = condition(flexible, versions);
    const asked = typeof isFlexible === 'string' && fields.some((field) => this.#asksForFlexible(field));
    if (asked) this.#code.line(`const flexible = ${isFlexible};`);
    for (const field of fields) if (field.tag === undefined) this.#field(field);
    this.#taggedFields(asked ? 'flexible' : isFlexible);
    const names = fields.map((field) => (local(field) === field.name ? field.name : `${field.name}: ${local(field)}`));
    const oneLine = `return { ${names.join(', ')} };`;
    if (oneLine.length < LINE_COLUMNS_MAX) this.#code.line(oneLine);
    else this.#code.block('return', () => names.forEach((name) => void this.#code.line(`${name},`)), '};');
  }

  /** Whether reading the field depends on the variable `flexible`. */
  #asksForFlexible(field: NamedField): boolean {
    const present = intersect(field.versions, this.#shape.versions);
    if (field.tag !== undefined || present === null || field.neverFlexible) return false;
    const hasLength = field.type.kind === 'list' || (field.type.kind === 'primitive' && isSized(field.type.name));
    return hasLength && typeof condition(this.#shape.flexible, present) === 'string';
  }

  #field(field: NamedField): void {
    const present = condition(field.versions, this.#shape.versions);
    if (present === false) {
      this.#code.line(`const ${local(field)}: ${typeOf(field)} = ${defaultOf(field, this.#shapes)};`);
      return;
    }
    const range = within(field.versions, this.#shape.versions);
    if (field.type.kind === 'list') this.#list(field, present, range);
    else {
      const value = this.#value(field, range);
      this.#code.line(
        present === true
          ? `const ${local(field)} = ${value};`
          : `const ${local(field)} = ${present} ? ${group(value)} : ${defaultOf(field, this.#shapes)};`,
      );
    }
  }

  /** A list is read where it is; in versions without it, it is its default. */
  #list(field: NamedField, present: true | string, range: VersionRange): void {
    if (present === true) {
      this.#listValue(field, range, (value) => `const ${local(field)}: ${typeOf(field)} = ${value};`);
      return;
    }
    this.#code.line(`let ${local(field)}: ${typeOf(field)} = ${defaultOf(field, this.#shapes)};`);
    this.#code.block(`if (${present})`, () => {
      this.#listValue(field, range, (value) => `${local(field)} = ${value};`);
    });
  }

  #listValue(field: NamedField, range: VersionRange, assign: (value: string) => string): void {
    const length = `${field.name}Length`;
    const nullable = condition(field.nullable, range);
    this.#code.line(`const ${length} = ${this.#lengthValue(field, range)};`);
    const elements = this.#elements(field, length, range);
    this.#code.line(assign(nullable === false ? elements : `${length} < 0 ? null : ${elements}`));
  }

  #lengthValue(field: NamedField, range: VersionRange): string {
    const nullable = condition(field.nullable, range);
    const min = (flexible: boolean): number => this.#elementBytesMin(field, flexible);
    const read = (flexible: boolean, orNull: boolean): string => {
      const name = orNull ? 'nullableListLength' : 'listLength';
      return `reader.${flexible ? `compact${upperFirst(name)}` : name}(${min(flexible)})`;
    };
    return this.#choose(field, range, (flexible) => choice(nullable, read(flexible, true), read(flexible, false)));
  }

  #elementBytesMin(field: NamedField, flexible: boolean): number {
    const element = field.type.kind === 'list' ? field.type.element : field.type;
    if (element.kind === 'primitive') return primitiveBytesMin(element.name, flexible);
    return bytesMin(this.#shapes.find((shape) => shape.name === field.shapeName)!, this.#shapes);
  }

  #elements(field: NamedField, length: string, range: VersionRange): string {
    const element = field.type.kind === 'list' ? field.type.element : field.type;
    if (element.kind !== 'primitive') return `decode${field.shapeName}List(reader, version, ${length})`;
    const of = (flexible: boolean): string =>
      `read${upperFirst(elementName(element.name, flexible))}List(reader, ${length})`;
    return isSized(element.name) ? this.#choose(field, range, of) : of(false);
  }

  /** The expression that reads a single value in versions of `range`. */
  #value(field: NamedField, range: VersionRange): string {
    const nullable = condition(field.nullable, range);
    if (field.type.kind !== 'primitive') {
      const value = `decode${field.shapeName}(reader, version)`;
      const isAbsent = field.tag === undefined ? 'reader.int8() < 0' : 'reader.uvarint() === 0';
      return nullable === false ? value : `${isAbsent} ? null : ${value}`;
    }
    const { name } = field.type;
    if (!isSized(name)) return `reader.${name}()`;
    return this.#choose(field, range, (flexible) =>
      choice(nullable, `reader.${sizedName(name, flexible, true)}()`, `reader.${sizedName(name, flexible, false)}()`),
    );
  }

  /** One of two expressions, by whether the version is flexible; a plain one where that is known for all versions. */
  #choose(field: NamedField, range: VersionRange, expression: (flexible: boolean) => string): string {
    const isFlexible = field.neverFlexible ? false : condition(this.#shape.flexible, range);
    if (typeof isFlexible === 'boolean') return expression(isFlexible);
    return `flexible ? ${group(expression(true))} : ${group(expression(false))}`;
  }

  #taggedFields(isFlexible: boolean | string): void {
    if (isFlexible === false) return;
    const { fields, versions, flexible } = this.#shape;
    const tagged = fields.filter((field) => field.tag !== undefined);
    for (const field of tagged)
      this.#code.line(`let ${local(field)}: ${typeOf(field)} = ${defaultOf(field, this.#shapes)};`);
    const range = within(flexible!, versions);
    const read = (): void => {
      if (tagged.length === 0) this.#code.line('reader.skipTaggedFields();');
      else this.#taggedLoop(tagged, range);
    };
    if (isFlexible === true) read();
    else if (tagged.length === 0) this.#code.line(`if (${isFlexible}) reader.skipTaggedFields();`);
    else this.#code.block(`if (${isFlexible})`, read);
  }

  #taggedLoop(tagged: readonly NamedField[], range: VersionRange): void {
    this.#code.block('for (let tags = reader.uvarint(); tags > 0; tags--)', () => {
      this.#code.line('const tag = reader.uvarint();');
      this.#code.line('const end = reader.taggedFieldEnd();');
      this.#code.block('switch (tag)', () => {
        for (const field of tagged) this.#taggedCase(field, range);
        this.#code.line('default:');
        this.#code.indented(() => this.#code.line('reader.skipTo(end);'));
      });
      this.#code.line('reader.expectPosition(end);');
    });
  }

  #taggedCase(field: NamedField, range: VersionRange): void {
    const present = within(field.versions, range);
    const guard = condition(field.versions, range);
    this.#code.block(`case ${field.tag}:`, () => {
      const read = (): void => {
        if (field.type.kind === 'list') this.#listValue(field, present, (value) => `${local(field)} = ${value};`);
        else this.#code.line(`${local(field)} = ${this.#value(field, present)};`);
      };
      if (guard === true) read();
      else {
        this.#code.block(`if (${guard})`, read, '} else {');
        this.#code.indented(() => this.#code.line('reader.skipTo(end);'));
        this.#code.line('}');
      }
      this.#code.line('break;');
    });
  }
}

function choice(when: boolean | string, yes: string, no: string): string {
  if (typeof when === 'boolean') return when ? yes : no;
  return `${when} ? ${yes} : ${no}`;
}

function group(expression: string): string {
  return expression.includes('?') ? `(${expression})` : expression;
}
