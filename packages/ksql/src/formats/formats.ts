import { MillraceError } from '@millrace/base';
import { AVRO_FORMAT } from './avro/avro-format.ts';
import { DELIMITED_FORMAT } from './delimited/delimited-format.ts';
import type { Format } from './format.ts';
import { JSON_FORMAT } from './json/json-format.ts';
import { JSON_SR_FORMAT } from './json/json-sr-format.ts';
import { KAFKA_FORMAT } from './kafka/kafka-format.ts';
import { NONE_FORMAT } from './none-format.ts';
import { PROTOBUF_FORMAT, PROTOBUF_NOSR_FORMAT } from './protobuf/protobuf-format.ts';

const FORMATS: ReadonlyMap<string, Format> = new Map(
  [
    JSON_FORMAT,
    DELIMITED_FORMAT,
    KAFKA_FORMAT,
    NONE_FORMAT,
    AVRO_FORMAT,
    JSON_SR_FORMAT,
    PROTOBUF_FORMAT,
    PROTOBUF_NOSR_FORMAT,
  ].map((format) => [format.name, format]),
);

/** The format of this name, in any case. @throws MillraceError `UNKNOWN_FORMAT` */
export function formatNamed(name: string): Format {
  const format = FORMATS.get(name.toUpperCase());
  if (format === undefined) throw new MillraceError('UNKNOWN_FORMAT', `Unknown format: ${name.toUpperCase()}`);
  return format;
}
