import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { readZipTexts } from './zip.ts';

/** A field as Kafka's own definition files describe it. */
export type KafkaField = {
  readonly name: string;
  readonly type: string;
  /** Left out for some fields that are tagged wherever they exist. */
  readonly versions?: string;
  readonly nullableVersions?: string;
  readonly taggedVersions?: string;
  readonly flexibleVersions?: string;
  readonly tag?: number;
  readonly default?: string | number | boolean | null;
  readonly ignorable?: boolean;
  readonly fields?: readonly KafkaField[];
};

/** A message as Kafka's own definition files describe it. */
export type KafkaDefinition = {
  readonly name: string;
  readonly type: string;
  readonly apiKey?: number;
  readonly validVersions: string;
  readonly flexibleVersions: string;
  readonly latestVersionUnstable?: boolean;
  readonly fields: readonly KafkaField[];
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly KafkaField[] }[];
};

const ANCHOR = join(import.meta.dirname, '../../../../../shared/kafka');

/** Where the jars of the Apache Kafka lie that Millrace is measured against, or null where it was never fetched. */
export function kafkaJarFolder(): string | null {
  const pom = join(ANCHOR, 'pom.xml');
  if (!existsSync(pom)) return null;
  const version =
    process.env.KAFKA_VERSION ?? /<kafka\.version>(.*)<\/kafka\.version>/.exec(readFileSync(pom, 'utf8'))?.[1];
  const folder = join(process.env.KAFKA_CACHE ?? join(homedir(), '.cache/kafka-anchor'), version ?? '');
  return version !== undefined && existsSync(join(folder, 'complete')) ? folder : null;
}

/** Kafka's message definitions by name, from the jars that carry them. */
export function readKafkaDefinitions(folder: string): Map<string, KafkaDefinition> {
  const definitions = new Map<string, KafkaDefinition>();
  const jars = readdirSync(folder).filter((name) =>
    /^kafka-(clients|group-coordinator|share-coordinator|transaction-coordinator)-\d.*\.jar$/.test(name),
  );
  for (const jar of jars) {
    const isDefinition = (name: string): boolean => /^common\/message\/\w+\.json$/.test(name);
    for (const text of readZipTexts(readFileSync(join(folder, jar)), isDefinition).values()) {
      const definition = JSON.parse(withoutComments(text)) as KafkaDefinition;
      definitions.set(definition.name, definition);
    }
  }
  return definitions;
}

/** Definition files are JSON with `//` comments; strings are kept whole, so that an URL in one is no comment. */
function withoutComments(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\/\/.*$/gm, (_, string: string | undefined) => string ?? '');
}
