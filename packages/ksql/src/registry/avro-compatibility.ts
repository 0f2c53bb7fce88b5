import { type AvroSchema, parseAvroSchema } from '../formats/avro/avro-schema.ts';
import type { ResolvedSchema } from './resolved-schema.ts';

/** Why a reader's Avro schema can't resolve a writer's, by the rules of Avro's specification ("Schema Resolution"). */
export function avroProblems(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  const checker = new Checker();
  checker.check(parseAvroSchema(reader.text, reader.resolved), parseAvroSchema(writer.text, writer.resolved), '');
  return checker.problems;
}

/** What else a primitive of the reader takes than its own kind. */
const PROMOTED_FROM: Readonly<Record<string, readonly string[]>> = {
  long: ['int'],
  float: ['int', 'long'],
  double: ['int', 'long', 'float'],
  string: ['bytes'],
  bytes: ['string'],
};

class Checker {
  readonly problems: string[] = [];
  /** Records may contain themselves: a pair that is being checked is taken to fit. */
  readonly #seen = new Map<AvroSchema, Set<AvroSchema>>();

  check(reader: AvroSchema, writer: AvroSchema, path: string): void {
    const seen = this.#seen.get(reader) ?? new Set();
    if (seen.has(writer)) return;
    this.#seen.set(reader, seen.add(writer));
    if (writer.kind === 'union') {
      for (const branch of writer.branches) this.check(reader, branch, path);
      return;
    }
    if (reader.kind === 'union') {
      if (reader.branches.some((branch) => fits(branch, writer))) return;
      this.#problem(path, `no branch of the reader's union takes ${writer.kind}`);
      return;
    }
    this.#checkPlain(reader, writer, path);
  }

  #checkPlain(
    reader: Exclude<AvroSchema, { kind: 'union' }>,
    writer: Exclude<AvroSchema, { kind: 'union' }>,
    path: string,
  ): void {
    if (reader.kind !== writer.kind) {
      if (PROMOTED_FROM[reader.kind]?.includes(writer.kind) !== true) {
        this.#problem(path, `the reader's ${reader.kind} can't take ${writer.kind}`);
      }
      return;
    }
    if (reader.kind === 'array' && writer.kind === 'array') this.check(reader.items, writer.items, `${path}/items`);
    else if (reader.kind === 'map' && writer.kind === 'map') this.check(reader.values, writer.values, `${path}/values`);
    else if (reader.kind === 'enum' && writer.kind === 'enum') this.#checkEnum(reader, writer, path);
    else if (reader.kind === 'fixed' && writer.kind === 'fixed') {
      if (reader.size !== writer.size) this.#problem(path, `fixed sizes differ: ${reader.size} and ${writer.size}`);
    } else if (reader.kind === 'record' && writer.kind === 'record') this.#checkRecord(reader, writer, path);
  }

  #checkEnum(
    reader: AvroSchema & { readonly kind: 'enum' },
    writer: AvroSchema & { readonly kind: 'enum' },
    path: string,
  ): void {
    const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
    if (missing.length > 0) this.#problem(path, `the reader's enum has no ${missing.join(', ')}`);
  }

  #checkRecord(
    reader: AvroSchema & { readonly kind: 'record' },
    writer: AvroSchema & { readonly kind: 'record' },
    path: string,
  ): void {
    if (simpleName(reader.name) !== simpleName(writer.name)) {
      this.#problem(path, `records of two names: ${reader.name} and ${writer.name}`);
    }
    for (const field of reader.fields) {
      const other = writer.fields.find(({ name }) => name === field.name);
      const fieldPath = `${path}/${field.name}`;
      if (other !== undefined) this.check(field.schema, other.schema, fieldPath);
      else if (field.defaultValue === undefined) this.#problem(fieldPath, 'the reader has no default for it');
    }
  }

  #problem(path: string, reason: string): void {
    this.problems.push(`${path === '' ? '/' : path}: ${reason}`);
  }
}

const simpleName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

function fits(reader: AvroSchema, writer: AvroSchema): boolean {
  const checker = new Checker();
  checker.check(reader, writer, '');
  return checker.problems.length === 0;
}
