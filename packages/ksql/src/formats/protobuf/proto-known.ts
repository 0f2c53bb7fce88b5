import { Decimal } from '../../types/decimal.ts';
import type { SqlValue } from '../../types/values.ts';
import { bigIntFromBytes, bytesFromBigInt } from '../decimal-bytes.ts';
import type { ProtoField, ProtoKnown, ProtoMessage, ProtoScalar } from './proto-schema.ts';

/** A message that stands for a value: its fields, and the value from and to their values, which are null for a default. */
export type KnownCodec = {
  readonly message: ProtoMessage;
  toValue(fields: readonly SqlValue[]): SqlValue;
  toFields(value: SqlValue): readonly SqlValue[];
};

const MILLIS_OF_SECOND = 1000;
const NANOS_OF_MILLI = 1_000_000;
const MILLIS_OF_DAY = 86_400_000;

const field = (name: string, number: number, scalar: ProtoScalar): ProtoField => ({
  name,
  number,
  type: { kind: 'scalar', scalar },
  label: 'plain',
  oneof: null,
});

const numbers = (fields: readonly SqlValue[]): number[] => fields.map(Number);

export const KNOWN_CODECS: Readonly<Record<ProtoKnown, KnownCodec>> = {
  'confluent.type.Decimal': {
    message: {
      name: 'Decimal',
      fields: [field('value', 1, 'bytes'), field('precision', 2, 'uint32'), field('scale', 3, 'int32')],
    },
    toValue: ([bytes, , scale]) => new Decimal(bigIntFromBytes(bytes as Uint8Array), scale as number),
    toFields(value) {
      const { unscaled, scale } = value as Decimal;
      const digits = String(unscaled < 0n ? -unscaled : unscaled).length;
      return [bytesFromBigInt(unscaled), BigInt(digits), scale];
    },
  },
  'google.protobuf.Timestamp': {
    message: { name: 'Timestamp', fields: [field('seconds', 1, 'int64'), field('nanos', 2, 'int32')] },
    toValue(fields) {
      const [seconds, nanos] = numbers(fields);
      return seconds! * MILLIS_OF_SECOND + Math.floor(nanos! / NANOS_OF_MILLI);
    },
    toFields(value) {
      const seconds = Math.floor((value as number) / MILLIS_OF_SECOND);
      return [BigInt(seconds), ((value as number) - seconds * MILLIS_OF_SECOND) * NANOS_OF_MILLI];
    },
  },
  'google.type.Date': {
    message: {
      name: 'Date',
      fields: [field('year', 1, 'int32'), field('month', 2, 'int32'), field('day', 3, 'int32')],
    },
    toValue(fields) {
      const [year, month, day] = numbers(fields);
      return new Date(0).setUTCFullYear(year!, month! - 1, day) / MILLIS_OF_DAY;
    },
    toFields(value) {
      const date = new Date((value as number) * MILLIS_OF_DAY);
      return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    },
  },
  'google.type.TimeOfDay': {
    message: {
      name: 'TimeOfDay',
      fields: [
        field('hours', 1, 'int32'),
        field('minutes', 2, 'int32'),
        field('seconds', 3, 'int32'),
        field('nanos', 4, 'int32'),
      ],
    },
    toValue(fields) {
      const [hours, minutes, seconds, nanos] = numbers(fields);
      return ((hours! * 60 + minutes!) * 60 + seconds!) * MILLIS_OF_SECOND + Math.floor(nanos! / NANOS_OF_MILLI);
    },
    toFields(value) {
      const millis = value as number;
      const seconds = Math.floor(millis / MILLIS_OF_SECOND);
      const nanos = (millis - seconds * MILLIS_OF_SECOND) * NANOS_OF_MILLI;
      return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60, nanos];
    },
  },
};
