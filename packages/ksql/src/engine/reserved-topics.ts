import { type KsqlConfig, setting } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import { KSQL_PROPERTIES } from './properties/ksql-properties.ts';

/** ksqlDB's: patterns of topics that lists leave out, and of those that statements may read only. */
const HIDDEN = 'ksql.hidden.topics';
const READ_ONLY = 'ksql.readonly.topics';
/** What engines, and what brokers keep for themselves. */
const INTERNAL = /^(_confluent-ksql-|__)/;

export function isHiddenTopic(topic: string, config: KsqlConfig): boolean {
  return INTERNAL.test(topic) || matches(topic, HIDDEN, config);
}

/** @throws KsqlException for a topic that statements may not write to */
export function refuseReadOnlyTopic(topic: string, config: KsqlConfig): void {
  if (isReadOnly(topic, config)) throw new KsqlException(`Cannot write to read-only topic: ${topic}`);
}

/** The same for INSERT VALUES. @throws KsqlException in ksqlDB's words */
export function refuseInsertIntoReadOnly(topic: string, config: KsqlConfig): void {
  if (isReadOnly(topic, config)) throw new KsqlException(`Cannot insert values into read-only topic: ${topic}`);
}

function isReadOnly(topic: string, config: KsqlConfig): boolean {
  return INTERNAL.test(topic) || matches(topic, READ_ONLY, config);
}

function matches(topic: string, name: string, config: KsqlConfig): boolean {
  const patterns = (setting(config, name) ?? KSQL_PROPERTIES[name]!.default ?? '').split(',');
  return patterns.some((pattern) => pattern.trim() !== '' && new RegExp(`^(?:${pattern.trim()})$`).test(topic));
}
