import type { DataSource, WindowInfo } from '../../catalog/data-source.ts';
import { formatNamed } from '../../formats/formats.ts';
import { JsonNumber } from '../../formats/json/exact-json.ts';
import { jsonToRecord, recordToJson, rowAsJson, rowFromJson } from '../../formats/registry-json.ts';
import { type SchemaRegistry, subjectOf } from '../../formats/schema-registry/schema-registry.ts';
import { KsqlException } from '../../lib/ksql-exception.ts';
import { printerOf } from '../../types/print-value.ts';
import type { SimpleColumn } from '../../types/schema.ts';
import type { SqlValue } from '../../types/values.ts';
import type { CaseWindow } from './case-file.ts';
import { asMaps, asObjects, type CaseJson, isObject, parseCaseJson, writeCaseJson } from './case-json.ts';

/** Keys and values of cases as bytes and back, by the format of the source that a topic belongs to. */

type Side = {
  readonly format: string;
  readonly columns: readonly SimpleColumn[];
  readonly properties: Readonly<Record<string, string>>;
  readonly features: DataSource['valueFormat']['features'];
  readonly isKey: boolean;
};

function sideOf(source: DataSource, isKey: boolean): Side {
  const { format, properties, features } = isKey ? source.keyFormat : source.valueFormat;
  return { format, properties, features, isKey, columns: isKey ? source.schema.key : source.schema.value };
}

export function encode(
  json: CaseJson | undefined,
  source: DataSource,
  isKey: boolean,
  registry: SchemaRegistry,
): Uint8Array | null {
  const side = sideOf(source, isKey);
  if (json === undefined || json === null) return null;
  switch (side.format) {
    case 'NONE':
      return null;
    case 'JSON':
      return Buffer.from(writeCaseJson(json));
    case 'DELIMITED':
      return Buffer.from(plainText(json));
    case 'KAFKA':
      return encodeKafka(json, side);
    case 'AVRO':
    case 'JSON_SR':
    case 'PROTOBUF':
      return jsonToRecord(asMaps(json), {
        subject: subjectOf(source.topic, isKey),
        registry,
        fullName: side.properties.fullSchemaName,
      });
    case 'PROTOBUF_NOSR':
      return serde(side).serialize(rowFromJson(asMaps(json), side.columns), 'topic');
    default:
      throw new KsqlException(`The '${side.format}' format is not available in this version`);
  }
}

function plainText(json: CaseJson): string {
  return typeof json === 'string' ? json : writeCaseJson(json);
}

function encodeKafka(json: CaseJson, side: Side): Uint8Array | null {
  const [column] = side.columns;
  if (column === undefined || column.type.kind === 'STRING' || column.type.kind === 'BYTES') {
    return Buffer.from(plainText(json));
  }
  const value: SqlValue = column.type.kind === 'BIGINT' ? BigInt(plainText(json)) : Number(plainText(json));
  return serde(side).serialize([value], 'topic');
}

function serde(side: Side) {
  const { columns, isKey, properties, features } = side;
  return formatNamed(side.format).createSerde(columns, { isKey, properties, features: new Set(features) });
}

export function decode(
  bytes: Uint8Array | null,
  source: DataSource,
  isKey: boolean,
  registry: SchemaRegistry,
): CaseJson {
  const side = sideOf(source, isKey);
  if (bytes === null) return null;
  const text = (): string => Buffer.from(bytes).toString('utf8');
  switch (side.format) {
    case 'NONE':
      return null;
    case 'JSON':
      return bytes.length === 0 ? null : parseCaseJson(text());
    case 'DELIMITED':
      return text();
    case 'AVRO':
    case 'JSON_SR':
    case 'PROTOBUF':
      return emptyBytesAsNull(asObjects(recordToJson(bytes, registry)), side);
    case 'PROTOBUF_NOSR':
      return asObjects(rowAsJson(serde(side).deserialize(bytes, 'topic') ?? [], side.columns));
    case 'KAFKA': {
      const [column] = side.columns;
      if (column === undefined || column.type.kind === 'STRING' || column.type.kind === 'BYTES') return text();
      const value = serde(side).deserialize(bytes, 'topic')?.[0] ?? null;
      return value === null ? null : new JsonNumber(printerOf(column.type)(value));
    }
    default:
      throw new KsqlException(`The '${side.format}' format is not available in this version`);
  }
}

/** As the cases have it: empty BYTES of a column are no value. */
function emptyBytesAsNull(json: CaseJson, { columns }: Side): CaseJson {
  if (!isObject(json)) return json;
  const isBytes = (name: string): boolean => columns.some((each) => each.name === name && each.type.kind === 'BYTES');
  const entries = Object.entries(json).map(([name, value]) => [name, value === '' && isBytes(name) ? null : value]);
  return Object.fromEntries(entries) as CaseJson;
}

const TIME_BYTES = 8;

/** Puts a window behind the key's bytes as Kafka Streams does: the start; for sessions the end, then the start. */
export function withWindow(key: Uint8Array | null, window: CaseWindow): Uint8Array {
  const times = window.type === 'SESSION' ? [window.endMs, window.startMs] : [window.startMs];
  const bytes = Buffer.alloc((key?.length ?? 0) + times.length * TIME_BYTES);
  bytes.set(key ?? []);
  times.forEach((timeMs, position) => {
    bytes.writeBigInt64BE(BigInt(timeMs), (key?.length ?? 0) + position * TIME_BYTES);
  });
  return bytes;
}

/** Takes the window off again. */
export function splitWindow(
  bytes: Uint8Array,
  { type, sizeMs }: WindowInfo,
): { readonly key: Uint8Array; readonly window: CaseWindow } {
  const buffer = Buffer.from(bytes);
  const timeAt = (fromEnd: number): number => Number(buffer.readBigInt64BE(buffer.length - fromEnd * TIME_BYTES));
  const startMs = timeAt(1);
  if (type === 'SESSION') {
    return { key: buffer.subarray(0, -2 * TIME_BYTES), window: { startMs, endMs: timeAt(2), type: 'SESSION' } };
  }
  return { key: buffer.subarray(0, -TIME_BYTES), window: { startMs, endMs: startMs + (sizeMs ?? 0), type: 'TIME' } };
}
