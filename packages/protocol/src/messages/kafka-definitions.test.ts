import { describe, expect, test } from 'vitest';
import { LONG_MAX } from '../lib/int64.ts';
import {
  type ApiDeclaration,
  type Field,
  type Fields,
  type FieldType,
  type MessageDeclaration,
  messagesOf,
  type VersionRange,
} from '../schema.ts';
import {
  type KafkaDefinition,
  type KafkaField,
  kafkaJarFolder,
  readKafkaDefinitions,
} from '../testing/kafka-definitions.ts';
import { apiDeclarations, messageDeclarations } from './all.ts';

const folder = kafkaJarFolder();
const definitions = folder === null ? new Map<string, KafkaDefinition>() : readKafkaDefinitions(folder);

const needsJars = 'needs the jars of Apache Kafka: start ../shared/kafka/kafka-up once, which fetches them';

describe.skipIf(folder === null)(`declarations against Kafka's own (${needsJars})`, () => {
  test.each(apiDeclarations.map((api) => [api.name, api] as const))('%s is declared as in Kafka', (_, api) => {
    const { request, response } = messagesOf(api);
    expect(ofDeclaration(request)).toEqual(ofKafka(definitionOf(request)));
    expect(ofDeclaration(response)).toEqual(ofKafka(definitionOf(response)));
    expect(ofApi(api)).toEqual(ofKafkaApi(definitionOf(request)));
  });

  test.each(messageDeclarations.map((message) => [message.name, message] as const))(
    '%s is declared as in Kafka',
    (_, message) => {
      const definition = definitionOf(message);
      expect(ofDeclaration(message)).toEqual(ofKafka(definition));
      expect(message.recordType).toBe(definition.apiKey);
    },
  );
});

/** A field of either side, brought to one form. */
type ComparedField = {
  readonly path: string;
  readonly type: string;
  readonly versions: string;
  readonly nullable: string;
  readonly tag: number | undefined;
  readonly defaultValue: unknown;
  readonly ignorable: boolean;
  readonly neverFlexible: boolean;
};

type Compared = { readonly versions: string; readonly flexible: string; readonly fields: readonly ComparedField[] };

function definitionOf(message: MessageDeclaration): KafkaDefinition {
  const definition = definitions.get(message.name);
  expect(definition, `Kafka defines ${message.name}`).toBeDefined();
  return definition!;
}

function ofApi(api: ApiDeclaration) {
  return { key: api.key, latestVersionUnstable: api.latestVersionUnstable };
}

function ofKafkaApi(definition: KafkaDefinition) {
  return { key: definition.apiKey, latestVersionUnstable: definition.latestVersionUnstable ?? false };
}

function ofDeclaration(message: MessageDeclaration): Compared {
  const fields = [...declaredFields(message.fields, '')];
  return { versions: rangeText(message.versions), flexible: rangeText(message.flexible), fields };
}

function* declaredFields(fields: Fields, prefix: string): Generator<ComparedField> {
  for (const [name, field] of Object.entries(fields)) {
    const path = `${prefix}${name}`;
    yield {
      path,
      type: typeText(field.type),
      versions: rangeText(field.versions),
      nullable: rangeText(field.nullable),
      tag: field.tag,
      defaultValue: field.defaultValue ?? (field.defaultValue === null ? null : zeroOf(typeText(field.type))),
      ignorable: field.ignorable,
      neverFlexible: field.neverFlexible,
    };
    const element = field.type.kind === 'list' ? field.type.element : field.type;
    if (element.kind === 'struct') yield* declaredFields(element.fields, `${path}.`);
  }
}

function typeText(type: FieldType): string {
  return type.kind === 'list' ? `[]${type.element.name}` : type.name;
}

function ofKafka(definition: KafkaDefinition): Compared {
  const fields = [...kafkaFields(definition, definition.fields, '')];
  return { versions: definition.validVersions, flexible: definition.flexibleVersions, fields };
}

function* kafkaFields(
  definition: KafkaDefinition,
  fields: readonly KafkaField[],
  prefix: string,
): Generator<ComparedField> {
  for (const field of fields) {
    const path = `${prefix}${field.name[0]!.toLowerCase()}${field.name.slice(1)}`;
    const versions = field.versions ?? field.taggedVersions!;
    expect(field.taggedVersions ?? versions, `${path} is tagged wherever it exists`).toBe(versions);
    yield {
      path,
      type: field.type,
      versions,
      nullable: field.nullableVersions ?? 'none',
      tag: field.tag,
      defaultValue: kafkaDefault(field),
      ignorable: field.ignorable ?? false,
      neverFlexible: field.flexibleVersions === 'none',
    };
    const struct = definition.commonStructs?.find(({ name }) => name === field.type.replace('[]', ''));
    yield* kafkaFields(definition, field.fields ?? struct?.fields ?? [], `${path}.`);
  }
}

function kafkaDefault({ type, default: value }: KafkaField): Field['defaultValue'] | 'of its type' {
  // Kafka's generator knows the text "null"; a null of JSON says nothing to it.
  if (value === undefined || value === null) return zeroOf(type);
  if (value === 'null') return null;
  if (type === 'string') return value;
  if (type === 'bool') return String(value) === 'true';
  return BigInt(value) === 2n ** 63n - 1n ? LONG_MAX : Number(value);
}

/** The default of a field that names none. */
function zeroOf(type: string): Field['defaultValue'] | 'of its type' {
  if (type === 'bool') return false;
  if (type === 'string') return '';
  return /^(u?int\d+|float64)$/.test(type) ? 0 : 'of its type';
}

function rangeText(range: VersionRange | undefined): string {
  if (range === undefined) return 'none';
  if (range.first === range.last) return `${range.first}`;
  return range.last === Number.POSITIVE_INFINITY ? `${range.first}+` : `${range.first}-${range.last}`;
}
