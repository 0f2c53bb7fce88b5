import { JsonNumber } from '../../formats/json/exact-json.ts';
import { type CaseJson, type CaseObject, isObject, parseCaseJson, writeCaseJson } from './case-json.ts';

/** A case file of ksqlDB's functional tests, read into data; unknown keys are passed over, as upstream does. */

export type CaseWindow = { readonly startMs: number; readonly endMs: number; readonly type: string };
export type CaseHeader = { readonly key: string; readonly value: Uint8Array | null };

export type CaseRecord = {
  readonly topic: string;
  /** Undefined: not given. */
  readonly key: CaseJson | undefined;
  readonly value: CaseJson | undefined;
  readonly timestamp: number | undefined;
  readonly window: CaseWindow | undefined;
  readonly headers: readonly CaseHeader[] | undefined;
};

export type CaseSchema = {
  /** Text of the schema; of JSON and Avro as JSON. */
  readonly text: string;
  readonly format: string;
  readonly id: number | undefined;
  readonly references: readonly { readonly name: string; readonly text: string }[];
};

export type CaseTopic = {
  readonly name: string;
  readonly partitions: number | undefined;
  readonly key: CaseSchema | undefined;
  readonly value: CaseSchema | undefined;
};

export type ExpectedException = {
  /** The class's own name, without package. */
  readonly type: string | undefined;
  readonly message: string | undefined;
  readonly cause: string | undefined;
  readonly causeMessage: string | undefined;
};

/** One run: a case with its format and its configuration chosen. */
export type CaseRun = {
  readonly name: string;
  readonly enabled: boolean;
  readonly statements: readonly string[];
  readonly properties: Readonly<Record<string, string | boolean>>;
  readonly topics: readonly CaseTopic[];
  readonly inputs: readonly CaseRecord[];
  readonly outputs: readonly CaseRecord[];
  readonly expectedException: ExpectedException | undefined;
  readonly post: CaseObject | undefined;
  /** The case as its file has it, for what only one suite knows. */
  readonly source: CaseObject;
};

/** All runs of a file: each case once for each of its formats and configurations. */
export function readCaseFile(fileName: string, text: string): readonly CaseRun[] {
  const file = parseCaseJson(text);
  const tests = isObject(file) && Array.isArray(file.tests) ? (file.tests as readonly CaseJson[]) : [];
  return tests.flatMap((test) => (isObject(test) ? expand(fileName.replace(/\.json$/, ''), test) : []));
}

/** The records of a file that holds nothing else. @throws SyntaxError */
export function readRecords(text: string, field: 'inputs' | 'outputs'): readonly CaseRecord[] {
  const file = parseCaseJson(text);
  return isObject(file) ? list(file[field]).map(recordOf) : [];
}

function expand(file: string, test: CaseObject): readonly CaseRun[] {
  const formats = textsOf(test.format);
  const configs = textsOf(test.config);
  return (formats.length === 0 ? [undefined] : formats).flatMap((format) =>
    (configs.length === 0 ? [undefined] : configs).map((config) => buildRun(file, test, { format, config })),
  );
}

function buildRun(
  file: string,
  test: CaseObject,
  { format, config }: { readonly format: string | undefined; readonly config: string | undefined },
): CaseRun {
  const suffix = [format, config].filter((each) => each !== undefined).map((each) => ` - ${each}`);
  const statements = textsOf(test.statements);
  return {
    name: `${file} - ${text(test.name) ?? ''}${suffix.join('')}`,
    enabled: test.enabled !== false,
    statements: format === undefined ? statements : statements.map((each) => each.replaceAll('{FORMAT}', format)),
    properties: propertiesOf(test.properties, config),
    topics: list(test.topics).map(topicOf),
    inputs: list(test.inputs).map(recordOf),
    outputs: list(test.outputs).map(recordOf),
    expectedException: isObject(test.expectedException) ? exceptionOf(test.expectedException) : undefined,
    post: isObject(test.post) ? test.post : undefined,
    source: test,
  };
}

function list(json: CaseJson | undefined): readonly CaseObject[] {
  return Array.isArray(json) ? (json as readonly CaseJson[]).filter(isObject) : [];
}

function textsOf(json: CaseJson | undefined): readonly string[] {
  return Array.isArray(json) ? (json as readonly CaseJson[]).map((each) => text(each) ?? '') : [];
}

function text(json: CaseJson | undefined): string | undefined {
  if (json instanceof JsonNumber) return json.text;
  return typeof json === 'string' ? json : typeof json === 'boolean' ? String(json) : undefined;
}

function whole(json: CaseJson | undefined): number | undefined {
  return json instanceof JsonNumber ? json.value : undefined;
}

function propertiesOf(json: CaseJson | undefined, config: string | undefined): Record<string, string | boolean> {
  const entries = isObject(json) ? Object.entries(json) : [];
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const given = text(value) ?? '';
      return [name, given === '{CONFIG}' && config !== undefined ? config : typeof value === 'boolean' ? value : given];
    }),
  );
}

/** A topic is an object, or in old cases only its name. */
function topicOf(json: CaseObject): CaseTopic {
  return {
    name: text(json.name) ?? '',
    partitions: whole(json.partitions),
    key: schemaOf(json, 'key'),
    value: schemaOf(json, 'value'),
  };
}

/** A schema without a format is Avro's. */
function schemaOf(json: CaseObject, side: 'key' | 'value'): CaseSchema | undefined {
  const schema = json[`${side}Schema`];
  if (schema === undefined || schema === null) return undefined;
  const format = text(json[`${side}Format`])?.toUpperCase() ?? 'AVRO';
  return {
    text: schemaText(schema, format),
    format,
    id: whole(json[`${side}SchemaId`]),
    references: list(json[`${side}SchemaReferences`]).map((each) => ({
      name: text(each.name) ?? '',
      text: schemaText(each.schema ?? null, format),
    })),
  };
}

function schemaText(schema: CaseJson, format: string): string {
  return format.startsWith('PROTOBUF') && typeof schema === 'string' ? schema : writeCaseJson(schema);
}

function recordOf(json: CaseObject): CaseRecord {
  return {
    topic: text(json.topic) ?? '',
    key: json.key,
    value: json.value,
    timestamp: whole(json.timestamp),
    window: isObject(json.window) ? windowOf(json.window) : undefined,
    headers: Array.isArray(json.headers) ? list(json.headers).map(headerOf) : undefined,
  };
}

function windowOf(json: CaseObject): CaseWindow {
  return { startMs: whole(json.start) ?? 0, endMs: whole(json.end) ?? 0, type: (text(json.type) ?? '').toUpperCase() };
}

function headerOf(json: CaseObject): CaseHeader {
  const value = text(json.VALUE);
  return { key: text(json.KEY) ?? '', value: value === undefined ? null : Buffer.from(value, 'base64') };
}

function exceptionOf(json: CaseObject): ExpectedException {
  const ownName = (name: string | undefined): string | undefined => name?.slice(name.lastIndexOf('.') + 1);
  return {
    type: ownName(text(json.type)),
    message: text(json.message),
    cause: ownName(text(json.cause)),
    causeMessage: text(json.causeMessage),
  };
}
