import { describeError, MillraceError } from '@millrace/base';
import type { KsqlConfig } from '../lib/ksql-config.ts';

/** Whose fault it is that a query failed, in ksqlDB's words: what the user can mend, what the surroundings did, or neither. */
export type QueryErrorType = 'USER' | 'SYSTEM' | 'UNKNOWN';

/** Why a query failed, as DESCRIBE and EXPLAIN tell. */
export type QueryError = {
  readonly timestampMs: number;
  readonly errorMessage: string;
  readonly type: QueryErrorType;
};

/** Codes of errors that come of statements, topics and records. */
const USER_CODES: ReadonlySet<string> = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'TRANSACTIONAL_ID_AUTHORIZATION_FAILED',
  'INVALID_TOPIC',
  'INVALID_PARTITIONS',
  'INVALID_REPLICATION_FACTOR',
  'RECORD_TOO_LARGE',
  'MESSAGE_TOO_LARGE',
  'SERIALIZATION_FAILED',
  'DESERIALIZATION_FAILED',
  'UNKNOWN_SCHEMA',
  'INCOMPATIBLE_SCHEMA',
  'NUMERIC_OVERFLOW',
  'INVALID_ARGUMENT',
  'INVALID_CONFIG',
]);

/** Codes of errors that come of brokers, networks and disks. */
const SYSTEM_CODES: ReadonlySet<string> = new Set([
  'TIMEOUT',
  'CONNECTION_FAILED',
  'CONNECTION_CLOSED',
  'BROKER_NOT_AVAILABLE',
  'COORDINATOR_NOT_AVAILABLE',
  'DELIVERY_TIMEOUT',
  'NOT_ENOUGH_REPLICAS',
  'STATE_ENGINE_UNAVAILABLE',
  'STATE_ENGINE_FAILED',
  'LOCKED',
]);

const REGEX_SETTING = 'ksql.error.classifier.regex';
const CAUSES_MAX = 20;

/**
 * Tells whose fault an error is: by the patterns of the setting `ksql.error.classifier.regex.NAME` (a type, a blank, a
 * regular expression over the messages), else by the codes of the error and its causes.
 */
export function errorClassifier(config: KsqlConfig): (thrown: unknown) => QueryErrorType {
  const patterns = Object.entries(config)
    .filter(([name]) => name.startsWith(REGEX_SETTING))
    .map(([name, value]) => patternOf(name, String(value)));
  return (thrown) => {
    const causes = causesOf(thrown);
    const byPattern = patterns.find(({ pattern }) => causes.some(({ message }) => pattern.test(message)));
    if (byPattern !== undefined) return byPattern.type;
    const codes = causes.flatMap((each) => (each instanceof MillraceError ? [each.code] : []));
    if (codes.some((code) => USER_CODES.has(code))) return 'USER';
    const isSystem = codes.some((code) => SYSTEM_CODES.has(code));
    return isSystem || causes.some((each) => each instanceof MillraceError && each.retriable) ? 'SYSTEM' : 'UNKNOWN';
  };
}

/** @throws MillraceError `INVALID_CONFIG` */
function patternOf(name: string, text: string): { readonly type: QueryErrorType; readonly pattern: RegExp } {
  const match = /^\s*(USER|SYSTEM|UNKNOWN)\s+(.+)$/is.exec(text);
  if (match === null) {
    throw new MillraceError('INVALID_CONFIG', `${name}: give a type (USER, SYSTEM, UNKNOWN), a blank and a pattern`);
  }
  return { type: match[1]!.toUpperCase() as QueryErrorType, pattern: new RegExp(match[2]!, 's') };
}

function causesOf(thrown: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let each = thrown; each instanceof Error && causes.length < CAUSES_MAX; each = each.cause) causes.push(each);
  return causes;
}

/** The error as it is kept for those who ask. */
export function queryError(
  thrown: unknown,
  timestampMs: number,
  classify: (thrown: unknown) => QueryErrorType,
): QueryError {
  return { timestampMs, errorMessage: describeError(thrown), type: classify(thrown) };
}
