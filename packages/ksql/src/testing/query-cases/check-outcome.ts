import type { Catalog } from '../../catalog/catalog.ts';
import type { DataSource, FormatInfo } from '../../catalog/data-source.ts';
import type { SerdeFeature } from '../../formats/format.ts';
import { JsonNumber } from '../../formats/json/exact-json.ts';
import { type SchemaRegistry, subjectOf } from '../../formats/schema-registry/schema-registry.ts';
import { schemaOfText } from '../../steps/schema-text.ts';
import { printSchema, type SimpleColumn } from '../../types/schema.ts';
import { type SqlType, structType } from '../../types/sql-type.ts';
import type { CaseRecord, CaseRun, CaseWindow } from './case-file.ts';
import { type CaseJson, type CaseObject, isObject, parseCaseJson, writeCaseJson } from './case-json.ts';
import { decode, splitWindow } from './codec.ts';
import { matches } from './compare.ts';
import { type CaseOutcome, sourceOfTopic } from './run-case.ts';
import type { TopicRecord } from './topics.ts';

/** What is not as the case says; empty: all is. */
export function checkOutcome(run: CaseRun, outcome: CaseOutcome): readonly string[] {
  return [...checkOutputs(run, outcome), ...(run.post === undefined ? [] : checkPost(run.post, outcome))];
}

function checkOutputs(run: CaseRun, { catalog, topics, registry }: CaseOutcome): readonly string[] {
  const names = [...new Set(run.outputs.map(({ topic }) => topic))];
  return names.flatMap((topic) => {
    const expected = run.outputs.filter((record) => record.topic === topic);
    const actual = topics.records(topic);
    const source = sourceOfTopic(catalog, topic);
    if (source === undefined) return [`no source reads topic ${topic}`];
    const print = (record: TopicRecord): string => printRecord(record, source, registry);
    if (expected.length !== actual.length) {
      return [`${topic}: expected ${expected.length} records, got ${actual.length}: ${actual.map(print).join(' ')}`];
    }
    return expected.flatMap((record, position) => {
      const problem = recordProblem(record, actual[position]!, { source, run, registry });
      return problem === undefined ? [] : [`${topic} record ${position}: ${problem}`];
    });
  });
}

function recordProblem(
  expected: CaseRecord,
  actual: TopicRecord,
  { source, run, registry }: { readonly source: DataSource; readonly run: CaseRun; readonly registry: SchemaRegistry },
): string | undefined {
  const exactNumbers = run.properties['use.exact.numeric.comparison'] !== false;
  const optionsOf = (format: string, columns: readonly SimpleColumn[]) => ({
    exactNumbers,
    type: BINARY_FORMATS.includes(format) ? rowType(columns) : null,
  });
  const { schema, keyFormat, valueFormat } = source;
  const { window: info } = source.keyFormat;
  const split = info !== null && actual.key !== null ? splitWindow(actual.key, info) : undefined;
  const differs = (what: string, wanted: unknown, got: unknown): string =>
    `${what}: expected ${show(wanted)}, got ${show(got)}`;
  const key = decode(split === undefined ? actual.key : split.key, source, true, registry);
  if (!matches(expected.key, key, optionsOf(keyFormat.format, schema.key))) return differs('key', expected.key, key);
  if (!sameWindow(expected.window, split?.window)) return differs('window', expected.window, split?.window);
  const value = decode(actual.value, source, false, registry);
  if (!matches(expected.value, value, optionsOf(valueFormat.format, schema.value)))
    return differs('value', expected.value, value);
  const anyTime = expected.timestamp === undefined || (run.inputs.length === 0 && expected.timestamp === 0);
  if (!anyTime && expected.timestamp !== actual.timestamp) {
    return differs('timestamp', expected.timestamp, actual.timestamp);
  }
  return headersProblem(expected, actual);
}

/** Formats whose doubles are numbers, not spellings. */
const BINARY_FORMATS: readonly string[] = ['AVRO', 'JSON_SR', 'PROTOBUF', 'PROTOBUF_NOSR'];

function rowType(columns: readonly SimpleColumn[]): SqlType {
  return structType(columns);
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const isJson = value === null || typeof value !== 'object' || Array.isArray(value) || value instanceof JsonNumber;
  return isJson || isObject(value as CaseJson) ? writeCaseJson(printable(value)) : String(value);
}

function printable(value: unknown): CaseJson {
  if (typeof value === 'number') return new JsonNumber(String(value));
  if (typeof value !== 'object' || value === null || value instanceof JsonNumber) return value as CaseJson;
  if (Array.isArray(value)) return value.map(printable);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, printable(each)]));
}

function sameWindow(expected: CaseWindow | undefined, actual: CaseWindow | undefined): boolean {
  if (expected === undefined || actual === undefined) return expected === actual;
  const type = expected.type === 'SESSION' ? 'SESSION' : 'TIME';
  return expected.startMs === actual.startMs && expected.endMs === actual.endMs && type === actual.type;
}

/** The first differences of outputs in the words of the command line test runner. */
export function mismatches(run: CaseRun, outcome: CaseOutcome): readonly string[] {
  const { catalog, topics, registry } = outcome;
  const names = [...new Set(run.outputs.map(({ topic }) => topic))];
  return names.flatMap((topic) => {
    const expected = run.outputs.filter((record) => record.topic === topic);
    const actual = topics.records(topic);
    const source = sourceOfTopic(catalog, topic);
    if (source === undefined) return [`Topic ${topic} is not read by any source`];
    const told = (record: TopicRecord): string => {
      const [key, value] = [decode(record.key, source, true, registry), decode(record.value, source, false, registry)];
      return tell(typeof key === 'string' ? key : show(key ?? null), value, record.timestamp, record.headers);
    };
    const differing = expected.flatMap((record, position) => {
      const other = actual[position];
      if (other === undefined || recordProblem(record, other, { source, run, registry }) === undefined) return [];
      const wanted = tell(
        show(record.key ?? null),
        record.value,
        record.timestamp ?? other.timestamp,
        record.headers ?? [],
      );
      return [`Expected ${wanted} but was ${told(other)}`];
    });
    if (differing.length > 0) return differing;
    if (expected.length === actual.length) return [];
    return [`Topic ${topic}. Expected <${expected.length}> records but it was <${actual.length}>`];
  });
}

function tell(key: string, value: CaseJson | undefined, timestamp: number, headers: TopicRecord['headers']): string {
  const names = headers.map(({ key: name }) => name).join(', ');
  return `<${key}, ${show(value ?? null)}> with timestamp=${timestamp} and headers=[${names}]`;
}

function headersProblem(expected: CaseRecord, { headers }: TopicRecord): string | undefined {
  const wanted = expected.headers ?? [];
  const same =
    wanted.length === headers.length &&
    wanted.every(({ key, value }, position) => {
      const other = headers[position]!;
      return key === other.key && hex(value) === hex(other.value);
    });
  const print = (list: TopicRecord['headers']): string =>
    list.map(({ key, value }) => `${key}=${hex(value)}`).join(',');
  return same ? undefined : `headers: expected [${print(wanted)}], got [${print(headers)}]`;
}

function hex(value: Uint8Array | null): string {
  return value === null ? 'null' : Buffer.from(value).toString('hex');
}

function printRecord(record: TopicRecord, source: DataSource, registry: SchemaRegistry): string {
  try {
    const { window } = source.keyFormat;
    const key = window !== null && record.key !== null ? splitWindow(record.key, window).key : record.key;
    const value = show(decode(record.value, source, false, registry));
    return `${show(decode(key, source, true, registry))}:${value}@${record.timestamp}`;
  } catch (error) {
    return `unreadable (${String(error)})`;
  }
}

// ------------------------------------------------------------------------------------------------------------- post

function checkPost(post: CaseObject, { catalog, topics, registry }: CaseOutcome): readonly string[] {
  const sources = objects(post.sources).flatMap((expected) => checkSource(expected, catalog));
  if (!isObject(post.topics)) return sources;
  const { blacklist } = post.topics;
  const forbidden = typeof blacklist === 'string' ? new RegExp(blacklist) : undefined;
  const refused = forbidden === undefined ? [] : topics.names().filter((name) => forbidden.test(name));
  const missing = objects(post.topics.topics).flatMap((expected) =>
    checkTopic(expected, { catalog, topics, registry }),
  );
  return [...sources, ...refused.map((name) => `topic ${name} should not exist`), ...missing];
}

function objects(json: CaseJson | undefined): readonly CaseObject[] {
  return Array.isArray(json) ? (json as readonly CaseJson[]).filter(isObject) : [];
}

function checkSource(expected: CaseObject, catalog: Catalog): readonly string[] {
  const name = String(expected.name);
  const source = catalog.sources.get(name);
  if (source === undefined) return [`source ${name} does not exist`];
  const problems: string[] = [];
  const check = (what: string, wanted: unknown, got: unknown): void => {
    if (wanted !== undefined && wanted !== got)
      problems.push(`source ${name}: ${what}: expected ${wanted}, got ${got}`);
  };
  check('type', typeof expected.type === 'string' ? expected.type.toUpperCase() : undefined, source.kind);
  check('isSource', expected.isSource, source.readOnly);
  if (typeof expected.schema === 'string') check('schema', normalSchema(expected.schema), printSchema(source.schema));
  if (isObject(expected.keyFormat)) {
    const { format, windowType, windowSize } = expected.keyFormat;
    check('key format', format, source.keyFormat.format);
    check('window', windowType ?? null, source.keyFormat.window?.type ?? null);
    check(
      'window size',
      windowSize instanceof JsonNumber ? windowSize.value : null,
      source.keyFormat.window?.sizeMs ?? null,
    );
  }
  check('value format', expected.valueFormat, source.valueFormat.format);
  check('key features', featureList(expected.keyFeatures), featureText(source.keyFormat.features));
  check('value features', featureList(expected.valueFeatures), featureText(source.valueFormat.features));
  return problems;
}

/** Tables' keys are told as `KEY` in both. */
function normalSchema(text: string): string {
  return printSchema(schemaOfText(text.replaceAll('PRIMARY KEY', 'KEY')));
}

function featureList(json: CaseJson | undefined): string | undefined {
  return Array.isArray(json) ? featureText(json as readonly SerdeFeature[]) : undefined;
}

function featureText(features: readonly SerdeFeature[]): string {
  return [...features].sort().join(',');
}

function checkTopic(expected: CaseObject, { catalog, topics, registry }: CaseOutcome): readonly string[] {
  const name = String(expected.name);
  const problems: string[] = [];
  if (!topics.names().includes(name)) problems.push(`topic ${name} does not exist`);
  const partitions = topics.partitionsOf(name);
  if (expected.partitions instanceof JsonNumber && expected.partitions.value !== partitions) {
    problems.push(`topic ${name}: expected ${expected.partitions.text} partitions, got ${partitions}`);
  }
  for (const side of ['key', 'value'] as const) {
    const schema = registry.latest(subjectOf(name, side === 'key'));
    const wanted = expected[`${side}Schema`];
    if (wanted !== undefined && wanted !== null && !sameSchemaText(wanted, schema?.text)) {
      problems.push(`topic ${name}: ${side} schema: expected ${show(wanted)}, got ${schema?.text}`);
    }
  }
  const source = sourceOfTopic(catalog, name);
  const ofSource =
    source === undefined
      ? undefined
      : { key: source.keyFormat, value: source.valueFormat, window: source.keyFormat.window };
  const known = topics.formatsOf(name) ?? ofSource;
  if (known === undefined) return problems;
  const sides = [
    ['key format', expected.keyFormat, known.key, known.window],
    ['value format', expected.valueFormat, known.value, null],
  ] as const;
  for (const [what, wanted, actual, window] of sides) {
    const got = formatJson(actual, window);
    if (isObject(wanted) && !sameJson(wanted, got)) {
      problems.push(`topic ${name}: ${what}: expected ${writeCaseJson(wanted)}, got ${writeCaseJson(got)}`);
    }
  }
  return problems;
}

/** JSON is compared as JSON, other schemas as text. */
function sameSchemaText(expected: CaseJson, actual: string | undefined): boolean {
  if (actual === undefined) return false;
  if (typeof expected === 'string' && !actual.startsWith('"')) return expected.trim() === actual.trim();
  return sameJson(expected, parseCaseJson(actual));
}

function formatJson(
  format: FormatInfo & { readonly features: readonly SerdeFeature[] },
  window: DataSource['keyFormat']['window'],
): CaseObject {
  const { properties, features } = format;
  return {
    format: format.format,
    ...(features.length === 0 ? {} : { features: [...features] }),
    ...(Object.keys(properties).length === 0 ? {} : { properties: { ...properties } }),
    ...(window === null ? {} : { windowInfo: windowJson(window) }),
  };
}

function windowJson({ type, sizeMs }: NonNullable<DataSource['keyFormat']['window']>): CaseObject {
  return { type, ...(sizeMs === null ? {} : { size: new JsonNumber(String(sizeMs / 1000)) }) };
}

function sameJson(left: CaseJson, right: CaseJson): boolean {
  const sorted = (json: CaseJson): CaseJson =>
    Array.isArray(json)
      ? (json as readonly CaseJson[]).map(sorted)
      : isObject(json)
        ? Object.fromEntries(
            Object.entries(json)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, each]) => [name, sorted(each)]),
          )
        : json;
  return writeCaseJson(sorted(left)) === writeCaseJson(sorted(right));
}
