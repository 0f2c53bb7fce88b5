import { type KsqlConfig, numberSetting } from '../lib/ksql-config.ts';

const INITIAL = 'ksql.query.retry.backoff.initial.ms';
const MAX = 'ksql.query.retry.backoff.max.ms';
/** ksqlDB's own. */
const INITIAL_DEFAULT_MS = 15_000;
const MAX_DEFAULT_MS = 15 * 60_000;

/** How long a failed query waits: longer each time, but not beyond a limit. */
export type BackOff = {
  readonly maxMs: number;
  /** @param failures how often it has failed in a row, from 1 */
  delayMs(failures: number): number;
};

/** @throws MillraceError `INVALID_CONFIG` */
export function backOffOf(config: KsqlConfig): BackOff {
  const initialMs = numberSetting(config, INITIAL, INITIAL_DEFAULT_MS);
  const maxMs = numberSetting(config, MAX, MAX_DEFAULT_MS);
  return { maxMs, delayMs: (failures) => Math.min(initialMs * 2 ** Math.max(failures - 1, 0), maxMs) };
}
