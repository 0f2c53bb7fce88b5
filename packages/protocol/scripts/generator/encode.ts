import type { VersionRange } from '../../src/schema.ts';
import type { Code } from './code.ts';
import { defaultInstance, differs, isDefault } from './defaults.ts';
import { local, type NamedField, type Shape } from './model.ts';
import { elementName, isSized, sizedName, upperFirst } from './names.ts';
import { condition, intersect, negation, within } from './versions.ts';

/** Writes the function that writes a shape, and the one that asks whether all fields are at their defaults. */
export function writeEncoder(code: Code, shape: Shape, shapes: readonly Shape[], exported: boolean): void {
  const askedForDefault = shapes.some((user) => user.fields.some((field) => comparesDefault(field, shape, user)));
  const writer = new EncoderWriter(code, shape, shapes);
  const parameters = `writer: Writer, version: number, message: ${shape.name}`;
  code.function(`${exported ? 'export ' : ''}function encode${shape.name}(${parameters}): void`, () => writer.body());
  if (askedForDefault) writeIsDefault(code, shape, shapes);
}

/** Whether the encoder of `user` asks if a field holds the default of `shape`. */
function comparesDefault(field: NamedField, shape: Shape, user: Shape): boolean {
  if (field.type.kind !== 'struct' || field.shapeName !== shape.name || field.defaultValue === null) return false;
  return (
    user.single || field.tag !== undefined || (!field.ignorable && condition(field.versions, user.versions) !== true)
  );
}

function writeIsDefault(code: Code, shape: Shape, shapes: readonly Shape[]): void {
  code.block(`function isDefault${shape.name}(message: ${shape.name}): boolean`, () => {
    code.line(`if (message === ${defaultInstance(shape)}) return true;`);
    const terms = shape.fields.map((field) => isDefault(field, shapes));
    code.line(`return ${terms.join(' && ')};`);
  });
  code.line();
}

class EncoderWriter {
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
    if (typeof isFlexible === 'string') this.#code.line(`const flexible = ${isFlexible};`);
    for (const field of fields) this.#field(field);
    this.#taggedFields(isFlexible);
  }

  #field(field: NamedField): void {
    const { versions } = this.#shape;
    const present = condition(field.versions, versions);
    if (field.tag !== undefined) {
      if (present !== true && !field.ignorable) this.#refusal(field, negation(field.versions, versions));
      return;
    }
    if (present === false) {
      if (!field.ignorable) this.#refusal(field, true);
      return;
    }
    const range = within(field.versions, versions);
    if (present === true) this.#value(field, range);
    else if (field.ignorable) this.#code.when(present, () => this.#value(field, range));
    else {
      this.#code.block(
        `if (${present})`,
        () => this.#value(field, range),
        `} else if (${differs(field, this.#shapes)}) {`,
      );
      this.#code.indented(() => this.#throwUnsupported(field));
      this.#code.line('}');
    }
  }

  #refusal(field: NamedField, when: string | true): void {
    const value = differs(field, this.#shapes);
    this.#code.when(when === true ? value : `${when} && ${value}`, () => this.#throwUnsupported(field));
  }

  #throwUnsupported(field: NamedField): void {
    this.#code.line(`throw unsupportedField('${this.#path(field)}', version);`);
  }

  #path(field: NamedField): string {
    return `${this.#shape.name}.${field.name}`;
  }

  #value(field: NamedField, range: VersionRange): void {
    const { nullable, type } = field;
    const mayBeNull = condition(nullable, range);
    if (type.kind === 'primitive' && !isSized(type.name)) {
      this.#code.line(`writer.${type.name}(message.${field.name});`);
      return;
    }
    if (typeof mayBeNull === 'string') {
      this.#code.block(`if (${mayBeNull})`, () => this.#sized(field, within(nullable!, range), true), '} else {');
      this.#code.indented(() => this.#sized(field, this.#outside(nullable!, range), false));
      this.#code.line('}');
    } else this.#sized(field, range, mayBeNull);
  }

  /** The versions of `range` in which the field is not yet nullable: what may be null once stays so. */
  #outside(nullable: VersionRange, range: VersionRange): VersionRange {
    if (nullable.first > range.first && nullable.last >= range.last) {
      return { first: range.first, last: nullable.first - 1 };
    }
    return range;
  }

  #sized(field: NamedField, range: VersionRange, nullable: boolean): void {
    const access = `message.${field.name}`;
    const value =
      field.nullable === undefined || nullable ? access : `nonNull(${access}, '${this.#path(field)}', version)`;
    if (field.type.kind === 'list') this.#list(field, value, range, nullable);
    else if (field.type.kind === 'struct') this.#struct(field, value, nullable);
    else {
      const { name } = field.type;
      this.#byFlexible(field, range, (flexible) => `writer.${sizedName(name, flexible, nullable)}(${value});`);
    }
  }

  #struct(field: NamedField, value: string, nullable: boolean): void {
    const write = `encode${field.shapeName}(writer, version, ${value});`;
    if (!nullable) {
      this.#code.line(write);
      return;
    }
    // Whether there is one is said in another way inside of a tag.
    const [absent, present] = field.tag === undefined ? ['int8(-1)', 'int8(1)'] : ['uvarint(0)', 'uvarint(1)'];
    this.#code.block(`if (${value} === null)`, () => this.#code.line(`writer.${absent};`), '} else {');
    this.#code.indented(() => {
      this.#code.line(`writer.${present};`);
      this.#code.line(write);
    });
    this.#code.line('}');
  }

  #list(field: NamedField, value: string, range: VersionRange, nullable: boolean): void {
    const list = local(field);
    this.#code.line(`const ${list} = ${value};`);
    const length = nullable ? `${list} === null ? -1 : ${list}.length` : `${list}.length`;
    this.#byFlexible(field, range, (flexible) => `writer.${flexible ? 'compactListLength' : 'listLength'}(${length});`);
    const loop = `for (const item of ${list}) ${this.#element(field, range)}`;
    this.#code.line(nullable ? `if (${list} !== null) ${loop}` : loop);
  }

  #element(field: NamedField, range: VersionRange): string {
    const element = field.type.kind === 'list' ? field.type.element : field.type;
    if (element.kind !== 'primitive') return `encode${field.shapeName}(writer, version, item);`;
    const isFlexible = condition(this.#shape.flexible, range);
    const plain = `writer.${elementName(element.name, false)}(item);`;
    if (!isSized(element.name) || isFlexible === false) return plain;
    const compact = `writer.${elementName(element.name, true)}(item);`;
    return isFlexible === true ? compact : `{ if (flexible) ${compact} else ${plain} }`;
  }

  #byFlexible(field: NamedField, range: VersionRange, statement: (flexible: boolean) => string): void {
    const isFlexible = field.neverFlexible ? false : condition(this.#shape.flexible, range);
    if (typeof isFlexible === 'boolean') this.#code.line(statement(isFlexible));
    else {
      this.#code.line(`if (flexible) ${statement(true)}`);
      this.#code.line(`else ${statement(false)}`);
    }
  }

  #taggedFields(isFlexible: boolean | string): void {
    if (isFlexible === false) return;
    const { fields, versions, flexible } = this.#shape;
    const range = within(flexible!, versions);
    const tagged = fields
      .filter((field) => field.tag !== undefined && intersect(field.versions, range) !== null)
      .sort((a, b) => a.tag! - b.tag!);
    const write = (): void => this.#taggedBody(tagged, range);
    if (isFlexible === true) write();
    else if (tagged.length === 0) this.#code.line('if (flexible) writer.noTaggedFields();');
    else this.#code.block('if (flexible)', write);
  }

  #taggedBody(tagged: readonly NamedField[], range: VersionRange): void {
    if (tagged.length === 0) {
      this.#code.line('writer.noTaggedFields();');
      return;
    }
    const has = (field: NamedField): string => `has${upperFirst(field.name)}`;
    for (const field of tagged) {
      const present = condition(field.versions, range);
      const value = differs(field, this.#shapes);
      this.#code.line(`const ${has(field)} = ${present === true ? value : `${present} && ${value}`};`);
    }
    this.#code.line(`writer.uvarint(${tagged.map((field) => `(${has(field)} ? 1 : 0)`).join(' + ')});`);
    for (const field of tagged) {
      this.#code.block(`if (${has(field)})`, () => {
        this.#code.line(`const start = writer.beginTaggedField(${field.tag});`);
        this.#value(field, within(field.versions, range));
        this.#code.line('writer.endTaggedField(start);');
      });
    }
  }
}
