import { jsonSerde } from './json.ts';
import {
  booleanSerde,
  bytesSerde,
  doubleSerde,
  floatSerde,
  integerSerde,
  longSerde,
  shortSerde,
  stringSerde,
  uuidSerde,
  voidSerde,
} from './primitives.ts';
import { avroSerde } from './registry/avro.ts';
import { jsonSchemaSerde } from './registry/json-schema.ts';
import { protobufSerde } from './registry/protobuf.ts';
import type { Serde } from './serde.ts';
import { fromStandardSchema } from './standard-schema.ts';
import { sessionWindowedSerde, timeWindowedSerde } from './windowed.ts';

/** The serdes that come with Millrace, under the names of Kafka Streams' `Serdes`. */
export const Serdes = {
  string: (): Serde<string> => stringSerde,
  /** 32 bits, signed, big-endian. */
  integer: (): Serde<number> => integerSerde,
  /** 64 bits, signed, big-endian; a value beyond ±2^53 is refused, never rounded. */
  long: (): Serde<number> => longSerde,
  /** 16 bits, signed, big-endian. */
  short: (): Serde<number> => shortSerde,
  float: (): Serde<number> => floatSerde,
  double: (): Serde<number> => doubleSerde,
  bytes: (): Serde<Uint8Array> => bytesSerde,
  boolean: (): Serde<boolean> => booleanSerde,
  uuid: (): Serde<string> => uuidSerde,
  void: (): Serde<never> => voidSerde,
  // Declarations are made file by file, so the types of imported functions have to be named.
  json: jsonSerde as typeof jsonSerde,
  fromStandardSchema: fromStandardSchema as typeof fromStandardSchema,
  /** With their schema in a registry, framed as the Schema Registry's own serialisers do it. */
  avro: avroSerde as typeof avroSerde,
  protobuf: protobufSerde as typeof protobufSerde,
  jsonSchema: jsonSchemaSerde as typeof jsonSchemaSerde,
  timeWindowed: timeWindowedSerde as typeof timeWindowedSerde,
  sessionWindowed: sessionWindowedSerde as typeof sessionWindowedSerde,
} as const;
