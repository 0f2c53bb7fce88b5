/**
 * The language in which Kafka's messages are declared (see messages/). A declaration is data: the generator in scripts/
 * turns it into interfaces and codecs, the tests read it to make arbitrary messages. A field says in which versions
 * it exists; ranges are written as Kafka writes them: `0+`, `3-7`, `5`.
 */

/** Versions `first` to `last`, both included; `last` is Infinity for an open range. */
export type VersionRange = { readonly first: number; readonly last: number };

export type PrimitiveName =
  | 'bool'
  | 'int8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'float64'
  | 'string'
  | 'uuid'
  | 'bytes'
  | 'records';

export type PrimitiveType = { readonly kind: 'primitive'; readonly name: PrimitiveName };
export type StructType = { readonly kind: 'struct'; readonly name: string; readonly fields: Fields };
type ListType = { readonly kind: 'list'; readonly element: PrimitiveType | StructType };
export type FieldType = PrimitiveType | StructType | ListType;

/** The fields of a message or struct, in the order of the wire. */
export type Fields = Readonly<Record<string, Field>>;

type DefaultValue = number | string | boolean | null;

export type Field = {
  readonly type: FieldType;
  readonly versions: VersionRange;
  /** The versions in which the field may be null. */
  readonly nullable: VersionRange | undefined;
  /** Written as a tagged field (KIP-482) under this number, and only when it differs from its default. */
  readonly tag: number | undefined;
  /** What is read where the field is absent; undefined: the zero of its type. */
  readonly defaultValue: DefaultValue | undefined;
  /** A value that the version can't carry is dropped silently instead of refused. */
  readonly ignorable: boolean;
  /** The field keeps its old, fixed-length-prefix form in flexible versions, too. */
  readonly neverFlexible: boolean;
};

type FieldOptions = {
  readonly nullable?: string;
  readonly tag?: number;
  readonly default?: DefaultValue;
  readonly ignorable?: true;
  readonly neverFlexible?: true;
};

/** A message that stands by itself: a header, a record's key or value, the blob of a group member. */
export type MessageDeclaration = {
  readonly name: string;
  readonly versions: VersionRange;
  /** The versions with compact lengths and tagged fields; undefined: none. */
  readonly flexible: VersionRange | undefined;
  readonly fields: Fields;
  /** For coordinator records: the number that tells the record's type, written before the key. */
  readonly recordType: number | undefined;
};

/** One Kafka API: its request and its response share key and versions. */
export type ApiDeclaration = {
  readonly name: string;
  readonly key: number;
  readonly versions: VersionRange;
  /** The newest version is still being worked on in Kafka; brokers don't offer it. */
  readonly latestVersionUnstable: boolean;
  readonly flexible: VersionRange | undefined;
  readonly request: Fields;
  readonly response: Fields;
};

type Primitive = (versions: string, options?: FieldOptions) => Field;

export const bool: Primitive = primitive('bool');
export const int8: Primitive = primitive('int8');
export const int16: Primitive = primitive('int16');
export const uint16: Primitive = primitive('uint16');
export const int32: Primitive = primitive('int32');
export const uint32: Primitive = primitive('uint32');
export const int64: Primitive = primitive('int64');
export const float64: Primitive = primitive('float64');
export const string: Primitive = primitive('string');
export const uuid: Primitive = primitive('uuid');
export const bytes: Primitive = primitive('bytes');
/** Record batches: bytes that the codec passes on untouched. */
export const records: Primitive = primitive('records');

/** A struct that several fields share. Its name is Kafka's; interfaces are called after it. */
export function struct(name: string, fields: Fields): StructType {
  return { kind: 'struct', name, fields };
}

/** What {@link one} and {@link list} hold: a struct declared here and now, or one that is shared. */
type StructArguments = [name: string, fields: Fields] | [type: StructType];

/** A field that holds one struct; where it has options, they stand before the struct. */
export function one(versions: string, ...rest: StructArguments | [FieldOptions, ...StructArguments]): Field {
  const { options, type } = parseArguments(rest);
  return field(type, versions, options);
}

/** A field that holds a list of structs or of primitives; where it has options, they stand before the element. */
export function list(
  versions: string,
  ...rest: StructArguments | [PrimitiveName] | [FieldOptions, ...(StructArguments | [PrimitiveName])]
): Field {
  const { options, type } = parseArguments(rest);
  return field({ kind: 'list', element: type }, versions, options);
}

function parseArguments(rest: readonly (string | StructType | Fields | FieldOptions)[]): {
  options: FieldOptions;
  type: PrimitiveType | StructType;
} {
  const [head, ...tail] = rest;
  if (typeof head === 'object' && !('kind' in head)) return { ...parseArguments(tail), options: head as FieldOptions };
  if (typeof head === 'object') return { options: {}, type: head as StructType };
  const fields = tail[0] as Fields | undefined;
  const name = head as string;
  return { options: {}, type: fields === undefined ? primitiveType(name as PrimitiveName) : struct(name, fields) };
}

/** Declares an API; `flexible` is the range of versions with compact lengths and tagged fields. */
export function api(declaration: {
  readonly name: string;
  readonly key: number;
  readonly versions: string;
  readonly latestVersionUnstable?: true;
  readonly flexible?: string;
  readonly request: Fields;
  readonly response: Fields;
}): ApiDeclaration {
  return {
    name: declaration.name,
    key: declaration.key,
    versions: versionRange(declaration.versions),
    latestVersionUnstable: declaration.latestVersionUnstable ?? false,
    flexible: optionalRange(declaration.flexible),
    request: declaration.request,
    response: declaration.response,
  };
}

/** Declares a message that stands by itself. */
export function message(declaration: {
  readonly name: string;
  readonly versions: string;
  readonly flexible?: string;
  readonly recordType?: number;
  readonly fields: Fields;
}): MessageDeclaration {
  return {
    name: declaration.name,
    versions: versionRange(declaration.versions),
    flexible: optionalRange(declaration.flexible),
    recordType: declaration.recordType,
    fields: declaration.fields,
  };
}

/** The messages of an API by their own names, as Kafka names them. */
export function messagesOf(declaration: ApiDeclaration): { request: MessageDeclaration; response: MessageDeclaration } {
  const { name, versions, flexible } = declaration;
  return {
    request: { name: `${name}Request`, versions, flexible, recordType: undefined, fields: declaration.request },
    response: { name: `${name}Response`, versions, flexible, recordType: undefined, fields: declaration.response },
  };
}

export function includes(range: VersionRange | undefined, version: number): boolean {
  return range !== undefined && version >= range.first && version <= range.last;
}

/** Reads `3`, `3-7` or `3+`. */
function versionRange(text: string): VersionRange {
  const match = /^(\d+)(?:(\+)|-(\d+))?$/.exec(text);
  if (match === null) throw new Error(`not a version range: ${text}`);
  const first = Number(match[1]);
  const last = match[2] === '+' ? Number.POSITIVE_INFINITY : Number(match[3] ?? match[1]);
  return { first, last };
}

function optionalRange(text: string | undefined): VersionRange | undefined {
  return text === undefined ? undefined : versionRange(text);
}

function primitive(name: PrimitiveName): Primitive {
  const type = primitiveType(name);
  return (versions, options) => field(type, versions, options);
}

function primitiveType(name: PrimitiveName): PrimitiveType {
  return { kind: 'primitive', name };
}

function field(type: FieldType, versions: string, options: FieldOptions = {}): Field {
  return {
    type,
    versions: versionRange(versions),
    nullable: optionalRange(options.nullable),
    tag: options.tag,
    defaultValue: options.default,
    ignorable: options.ignorable ?? false,
    neverFlexible: options.neverFlexible ?? false,
  };
}
