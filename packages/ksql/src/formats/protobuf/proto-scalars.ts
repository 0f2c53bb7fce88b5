import type { SqlValue } from '../../types/values.ts';
import type { ProtoScalar } from './proto-schema.ts';
import { FIXED_32, FIXED_64, type ProtoCursor, type ProtoOutput, SIZED, VARINT } from './proto-wire.ts';

/** How the values of a scalar stand on the wire, as values of its SQL type. */
export type ScalarCodec = {
  readonly wireType: number;
  readonly zero: SqlValue;
  read(cursor: ProtoCursor): SqlValue;
  write(value: SqlValue, output: ProtoOutput): void;
};

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const zigzag = (value: bigint): bigint => (value << 1n) ^ (value >> 63n);
const unzigzag = (value: bigint): bigint => (value >> 1n) ^ -(value & 1n);
const int32 = (value: bigint): number => Number(BigInt.asIntN(32, value));

const varintCodec = (
  zero: SqlValue,
  read: (value: bigint) => SqlValue,
  write: (value: SqlValue) => bigint,
): ScalarCodec => ({
  wireType: VARINT,
  zero,
  read: (cursor) => read(cursor.varint()),
  write: (value, output) => output.varint(write(value)),
});

const big = (value: SqlValue): bigint => BigInt(value as number | bigint);

export const SCALAR_CODECS: Readonly<Record<ProtoScalar, ScalarCodec>> = {
  int32: varintCodec(0, int32, big),
  uint32: varintCodec(0n, (value) => BigInt.asUintN(32, value), big),
  sint32: varintCodec(
    0,
    (value) => int32(unzigzag(value)),
    (value) => zigzag(big(value)),
  ),
  int64: varintCodec(0n, (value) => BigInt.asIntN(64, value), big),
  uint64: varintCodec(0n, (value) => BigInt.asIntN(64, value), big),
  sint64: varintCodec(
    0n,
    (value) => BigInt.asIntN(64, unzigzag(value)),
    (value) => zigzag(big(value)),
  ),
  bool: varintCodec(
    false,
    (value) => value !== 0n,
    (value) => (value === true ? 1n : 0n),
  ),
  fixed32: {
    wireType: FIXED_32,
    zero: 0n,
    read: (cursor) => BigInt(cursor.fixed32()),
    write: (value, output) => output.fixed(4, (view) => view.setUint32(0, Number(value), true)),
  },
  sfixed32: {
    wireType: FIXED_32,
    zero: 0,
    read: (cursor) => cursor.fixed32() | 0,
    write: (value, output) => output.fixed(4, (view) => view.setInt32(0, value as number, true)),
  },
  fixed64: {
    wireType: FIXED_64,
    zero: 0n,
    read: (cursor) => BigInt.asIntN(64, cursor.fixed64()),
    write: (value, output) => output.fixed(8, (view) => view.setBigInt64(0, value as bigint, true)),
  },
  sfixed64: {
    wireType: FIXED_64,
    zero: 0n,
    read: (cursor) => BigInt.asIntN(64, cursor.fixed64()),
    write: (value, output) => output.fixed(8, (view) => view.setBigInt64(0, value as bigint, true)),
  },
  float: {
    wireType: FIXED_32,
    zero: 0,
    read: (cursor) => cursor.float(),
    write: (value, output) => output.fixed(4, (view) => view.setFloat32(0, value as number, true)),
  },
  double: {
    wireType: FIXED_64,
    zero: 0,
    read: (cursor) => cursor.double(),
    write: (value, output) => output.fixed(8, (view) => view.setFloat64(0, value as number, true)),
  },
  string: {
    wireType: SIZED,
    zero: '',
    read: (cursor) => decoder.decode(cursor.sized()),
    write: (value, output) => output.sized(encoder.encode(value as string)),
  },
  bytes: {
    wireType: SIZED,
    zero: new Uint8Array(0),
    read: (cursor) => cursor.sized().slice(),
    write: (value, output) => output.sized(value as Uint8Array),
  },
};
