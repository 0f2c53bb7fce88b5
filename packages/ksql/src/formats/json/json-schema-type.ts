import { MillraceError } from '@millrace/base';
import { arrayType, decimalType, mapType, type SqlType, SqlTypes, structType } from '../../types/sql-type.ts';
import { type ExactJson, JsonNumber, parseExactJson } from './exact-json.ts';

type Attributes = ReadonlyMap<string, ExactJson>;

const NESTING_MAX = 50;

/** The SQL type that holds the values of a JSON Schema. @throws MillraceError `UNSUPPORTED_SCHEMA` */
export function jsonSchemaType(
  text: string,
  names: 'upper' | 'exact',
  referred: ReadonlyMap<string, string> = new Map(),
): SqlType {
  const root = parseExactJson(text);
  const fold = (name: string): string => (names === 'upper' ? name.toUpperCase() : name);
  return typeOf(root, { fold, depth: 0, root, referred });
}

type Context = {
  readonly fold: (name: string) => string;
  readonly depth: number;
  /** The text that references without a name are in. */
  readonly root: ExactJson;
  /** Other texts, by the names that references have for them. */
  readonly referred: ReadonlyMap<string, string>;
};

const unsupported = (reason: string): MillraceError =>
  new MillraceError('UNSUPPORTED_SCHEMA', `The JSON schema has no SQL type: ${reason}`);

function typeOf(json: ExactJson | undefined, outer: Context): SqlType {
  if (!(json instanceof Map)) throw unsupported('a schema is an object');
  const context = { ...outer, depth: outer.depth + 1 };
  if (context.depth > NESTING_MAX) throw unsupported('it is nested too deep');
  const attributes: Attributes = json;
  const reference = attributes.get('$ref');
  if (typeof reference === 'string') return referredType(reference, context);
  const choices = attributes.get('oneOf') ?? attributes.get('anyOf');
  if (Array.isArray(choices)) return choiceType(choices, context);
  const parts = attributes.get('allOf');
  if (Array.isArray(parts)) return typeOf(united(parts), context);
  if (!attributes.has('type') && (attributes.has('enum') || attributes.has('const'))) return SqlTypes.STRING;
  switch (plainType(attributes.get('type'))) {
    case 'boolean':
      return SqlTypes.BOOLEAN;
    case 'integer':
      return integerType(attributes);
    case 'number':
      return numberType(attributes);
    case 'string':
      return attributes.get('connect.type') === 'bytes' ? SqlTypes.BYTES : SqlTypes.STRING;
    case 'array':
      return itemsType(attributes, context);
    case 'object':
      return objectType(attributes, context);
    default:
      throw unsupported('its type is none of the known ones');
  }
}

/** `#/definitions/x` of this text, `name#/definitions/x` of another, `name` all of it. */
function referredType(reference: string, context: Context): SqlType {
  const [name = '', pointer = ''] = reference.split('#');
  const text = context.referred.get(name);
  if (name !== '' && text === undefined) throw unsupported(`it refers to '${name}', which is not registered with it`);
  const root = text === undefined ? context.root : parseExactJson(text);
  let found: ExactJson | undefined = root;
  for (const step of pointer.split('/').slice(1)) {
    const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
    found = found instanceof Map ? (found as Attributes).get(key) : undefined;
  }
  return typeOf(found, { ...context, root });
}

/** Of schemas that all hold the attributes together; their properties are one list. */
function united(parts: readonly ExactJson[]): Attributes {
  const all = new Map<string, ExactJson>();
  const properties = new Map<string, ExactJson>();
  for (const part of parts) {
    if (!(part instanceof Map)) continue;
    for (const [name, value] of part as Attributes) all.set(name, value);
    const own = (part as Attributes).get('properties');
    if (own instanceof Map) for (const [name, value] of own as Attributes) properties.set(name, value);
  }
  return properties.size === 0 ? all : all.set('properties', properties);
}

/** Maps whose keys may be anything are lists of entries. */
function itemsType(attributes: Attributes, context: Context): SqlType {
  const items = attributes.get('items');
  const type = typeOf(items, context);
  if (attributes.get('connect.type') !== 'map' || type.kind !== 'STRUCT') return arrayType(type);
  const value = type.fields.find(({ name }) => name.toLowerCase() === 'value');
  return value === undefined ? arrayType(type) : mapType(SqlTypes.STRING, value.type);
}

/** `["null", "string"]` is a string that may be null. */
function plainType(type: ExactJson | undefined): ExactJson | undefined {
  return Array.isArray(type) ? (type as readonly ExactJson[]).find((each) => each !== 'null') : type;
}

const isNull = (json: ExactJson): boolean => json instanceof Map && json.get('type') === 'null';

/** A choice between null and one type is that type; between several it is a struct with a field for each. */
function choiceType(choices: readonly ExactJson[], context: Context): SqlType {
  const others = choices.filter((choice) => !isNull(choice));
  if (others.length === 1) return typeOf(others[0], context);
  return structType(
    others.map((choice, index) => ({
      name: context.fold(`connect_union_field_${index}`),
      type: typeOf(choice, context),
    })),
  );
}

const connectName = (attributes: Attributes): string =>
  String(attributes.get('title') ?? '')
    .split('.')
    .at(-1)!;

function integerType(attributes: Attributes): SqlType {
  switch (connectName(attributes)) {
    case 'Time':
      return SqlTypes.TIME;
    case 'Date':
      return SqlTypes.DATE;
    case 'Timestamp':
      return SqlTypes.TIMESTAMP;
  }
  const connectType = attributes.get('connect.type');
  return connectType === 'int8' || connectType === 'int16' || connectType === 'int32'
    ? SqlTypes.INTEGER
    : SqlTypes.BIGINT;
}

function numberType(attributes: Attributes): SqlType {
  const parameters = attributes.get('connect.parameters');
  if (connectName(attributes) !== 'Decimal' || !(parameters instanceof Map)) return SqlTypes.DOUBLE;
  const values: Attributes = parameters;
  return decimalType(Number(values.get('connect.decimal.precision') ?? 64), Number(values.get('scale') ?? 0));
}

function objectType(attributes: Attributes, context: Context): SqlType {
  const values = attributes.get('additionalProperties');
  if (attributes.get('connect.type') === 'map' || (values instanceof Map && !attributes.has('properties'))) {
    return mapType(SqlTypes.STRING, typeOf(values, context));
  }
  const properties = attributes.get('properties');
  const entries: readonly (readonly [string, ExactJson])[] =
    properties instanceof Map ? [...(properties as Attributes)] : [];
  const placed = entries.map(([name, schema], index) => ({ name, schema, place: placeOf(schema) ?? index }));
  placed.sort((left, right) => left.place - right.place);
  return structType(placed.map(({ name, schema }) => ({ name: context.fold(name), type: typeOf(schema, context) })));
}

function placeOf(schema: ExactJson): number | undefined {
  const place = schema instanceof Map ? (schema as Attributes).get('connect.index') : undefined;
  return place instanceof JsonNumber ? Number(place.text) : undefined;
}
