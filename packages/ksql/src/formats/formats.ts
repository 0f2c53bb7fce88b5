import { MillraceError } from '@millrace/base';
import { AVRO_FORMAT } from './avro/avro-format.ts';
import { DELIMITED_FORMAT } from './delimited/delimited-format.ts';
import type { Format, FormatFeature, FormatName } from './format.ts';
import { JSON_FORMAT } from './json/json-format.ts';
import { JSON_SR_FORMAT } from './json/json-sr-format.ts';
import { KAFKA_FORMAT } from './kafka/kafka-format.ts';
import { NONE_FORMAT } from './none-format.ts';

/** A format that is known by name, so that statements are told what is missing; its bytes are not there yet. */
function pending(name: FormatName, features: readonly FormatFeature[]): Format {
  const refuse = (): never => {
    throw new MillraceError('FORMAT_NOT_AVAILABLE', `The '${name}' format is not available in this version`);
  };
  return {
    name,
    features: new Set(features),
    properties: new Set(),
    checkColumns: refuse,
    createSerde: refuse,
  };
}

const FORMATS: ReadonlyMap<string, Format> = new Map(
  [
    JSON_FORMAT,
    DELIMITED_FORMAT,
    KAFKA_FORMAT,
    NONE_FORMAT,
    AVRO_FORMAT,
    JSON_SR_FORMAT,
    pending('PROTOBUF', ['WRAP_SINGLES', 'SCHEMA_INFERENCE']),
    pending('PROTOBUF_NOSR', ['WRAP_SINGLES', 'UNWRAP_SINGLES']),
  ].map((format) => [format.name, format]),
);

/** The format of this name, in any case. @throws MillraceError `UNKNOWN_FORMAT` */
export function formatNamed(name: string): Format {
  const format = FORMATS.get(name.toUpperCase());
  if (format === undefined) throw new MillraceError('UNKNOWN_FORMAT', `Unknown format: ${name.toUpperCase()}`);
  return format;
}
