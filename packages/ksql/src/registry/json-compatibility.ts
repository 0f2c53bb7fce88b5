import type { ResolvedSchema } from './resolved-schema.ts';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * Why values of one JSON Schema are not all values of another. Understood are types, properties, required ones, items and
 * choices, which is what schemas of columns are made of; other words are passed over.
 */
export function jsonProblems(reader: ResolvedSchema, writer: ResolvedSchema): readonly string[] {
  return problems(JSON.parse(reader.text), JSON.parse(writer.text), '#');
}

function problems(reader: unknown, writer: unknown, path: string): readonly string[] {
  if (reader === true || writer === false || !isSchema(reader)) return [];
  if (!isSchema(writer))
    return reader.type === undefined ? [] : [`${path}: anything may come where a type is asked for`];
  const choices = choicesOf(writer);
  if (choices !== null) return choices.flatMap((each) => problems(reader, each, path));
  const taken = choicesOf(reader);
  if (taken !== null) {
    const fits = taken.some((each) => problems(each, writer, path).length === 0);
    return fits ? [] : [`${path}: no choice takes what may come`];
  }
  return [
    ...typeProblems(reader, writer, path),
    ...objectProblems(reader, writer, path),
    ...itemProblems(reader, writer, path),
  ];
}

function typeProblems(reader: JsonSchema, writer: JsonSchema, path: string): readonly string[] {
  const [asked, given] = [typesOf(reader), typesOf(writer)];
  if (asked === null) return [];
  if (given === null) return [`${path}: anything may come where ${asked.join(', ')} is asked for`];
  const strange = given.filter((type) => !asked.includes(type) && !(type === 'integer' && asked.includes('number')));
  return strange.length === 0 ? [] : [`${path}: ${strange.join(', ')} may come where ${asked.join(', ')} is asked for`];
}

function objectProblems(reader: JsonSchema, writer: JsonSchema, path: string): readonly string[] {
  const [asked, given] = [propertiesOf(reader), propertiesOf(writer)];
  const required = Array.isArray(reader.required) ? (reader.required as string[]) : [];
  const promised = Array.isArray(writer.required) ? (writer.required as string[]) : [];
  const missing = required.filter((name) => !promised.includes(name) && !hasDefault(asked.get(name)));
  const closed = reader.additionalProperties === false;
  return [
    ...missing.map((name) => `${path}/${name}: may be missing, and is required`),
    ...[...given].flatMap(([name, schema]) => {
      const own = asked.get(name);
      if (own !== undefined) return problems(own, schema, `${path}/${name}`);
      return closed ? [`${path}/${name}: may come, and is not allowed`] : [];
    }),
  ];
}

function itemProblems(reader: JsonSchema, writer: JsonSchema, path: string): readonly string[] {
  return reader.items === undefined || writer.items === undefined
    ? []
    : problems(reader.items, writer.items, `${path}/items`);
}

const isSchema = (json: unknown): json is JsonSchema =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

const hasDefault = (json: unknown): boolean => isSchema(json) && 'default' in json;

function choicesOf(schema: JsonSchema): readonly unknown[] | null {
  const choices = schema.oneOf ?? schema.anyOf;
  return Array.isArray(choices) ? choices : null;
}

function typesOf({ type }: JsonSchema): readonly string[] | null {
  if (type === undefined) return null;
  return Array.isArray(type) ? (type as string[]) : [String(type)];
}

function propertiesOf({ properties }: JsonSchema): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(isSchema(properties) ? properties : {}));
}
