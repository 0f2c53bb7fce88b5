/** A proto3 message type, as far as records need it. */

export type ProtoScalar =
  | 'double'
  | 'float'
  | 'int32'
  | 'int64'
  | 'uint32'
  | 'uint64'
  | 'sint32'
  | 'sint64'
  | 'fixed32'
  | 'fixed64'
  | 'sfixed32'
  | 'sfixed64'
  | 'bool'
  | 'string'
  | 'bytes';

/** Messages that everybody knows by name; decimals and times are among them. */
export type ProtoKnown =
  | 'confluent.type.Decimal'
  | 'google.protobuf.Timestamp'
  | 'google.type.Date'
  | 'google.type.TimeOfDay';

export type ProtoType =
  | { readonly kind: 'scalar'; readonly scalar: ProtoScalar }
  /** A message that holds one scalar, so that it can be absent: `google.protobuf.Int32Value` and its like. */
  | { readonly kind: 'wrapper'; readonly scalar: ProtoScalar }
  | { readonly kind: 'known'; readonly name: ProtoKnown; readonly precision: number; readonly scale: number }
  | { readonly kind: 'enum'; readonly name: string; readonly values: ReadonlyMap<number, string> }
  | { readonly kind: 'message'; readonly message: ProtoMessage }
  /** On the wire, and in the texts that are made of columns, a repeated message of a key and a value. */
  | { readonly kind: 'map'; readonly entry: ProtoMessage };

export type ProtoField = {
  readonly name: string;
  readonly number: number;
  readonly type: ProtoType;
  /** `optional` fields and those of a oneof know whether they were set; others are their default when absent. */
  readonly label: 'plain' | 'optional' | 'repeated';
  readonly oneof: string | null;
};

export type ProtoMessage = { readonly name: string; readonly fields: readonly ProtoField[] };

const [KEY_FIELD, VALUE_FIELD] = ['key', 'value'];
const ENTRY_SUFFIX = 'Entry';

/** The message of a map's entries. */
export function mapEntry(
  name: string,
  key: Pick<ProtoField, 'type' | 'label'>,
  value: Pick<ProtoField, 'type' | 'label'>,
): ProtoMessage {
  return {
    name: name.endsWith(ENTRY_SUFFIX) ? name : `${name}${ENTRY_SUFFIX}`,
    fields: [
      { ...key, name: KEY_FIELD, number: 1, oneof: null },
      { ...value, name: VALUE_FIELD, number: 2, oneof: null },
    ],
  };
}

/** Whether a repeated message is how a map was declared; Connect's converters know maps by these names. */
export function isMapEntry({ name, fields }: ProtoMessage): boolean {
  const [key, value] = fields;
  return name.endsWith(ENTRY_SUFFIX) && fields.length === 2 && key!.name === KEY_FIELD && value!.name === VALUE_FIELD;
}

const SCALARS: ReadonlySet<string> = new Set<ProtoScalar>([
  'double',
  'float',
  'int32',
  'int64',
  'uint32',
  'uint64',
  'sint32',
  'sint64',
  'fixed32',
  'fixed64',
  'sfixed32',
  'sfixed64',
  'bool',
  'string',
  'bytes',
]);

export const isScalar = (name: string): name is ProtoScalar => SCALARS.has(name);

const WRAPPERS: Readonly<Record<string, ProtoScalar>> = {
  'google.protobuf.DoubleValue': 'double',
  'google.protobuf.FloatValue': 'float',
  'google.protobuf.Int32Value': 'int32',
  'google.protobuf.Int64Value': 'int64',
  'google.protobuf.UInt32Value': 'uint32',
  'google.protobuf.UInt64Value': 'uint64',
  'google.protobuf.BoolValue': 'bool',
  'google.protobuf.StringValue': 'string',
  'google.protobuf.BytesValue': 'bytes',
};

export const wrappedScalar = (name: string): ProtoScalar | undefined => WRAPPERS[name];

export function wrapperName(scalar: ProtoScalar): string {
  return Object.entries(WRAPPERS).find(([, wrapped]) => wrapped === scalar)?.[0] ?? 'google.protobuf.BytesValue';
}

const KNOWN: ReadonlySet<string> = new Set<ProtoKnown>([
  'confluent.type.Decimal',
  'google.protobuf.Timestamp',
  'google.type.Date',
  'google.type.TimeOfDay',
]);

export const isKnown = (name: string): name is ProtoKnown => KNOWN.has(name);
