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
  | { readonly kind: 'map'; readonly key: ProtoType; readonly value: ProtoType };

export type ProtoField = {
  readonly name: string;
  readonly number: number;
  readonly type: ProtoType;
  /** `optional` fields and those of a oneof know whether they were set; others are their default when absent. */
  readonly label: 'plain' | 'optional' | 'repeated';
  readonly oneof: string | null;
};

export type ProtoMessage = { readonly name: string; readonly fields: readonly ProtoField[] };

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
