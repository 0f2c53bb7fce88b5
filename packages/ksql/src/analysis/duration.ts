import { KsqlException } from '../lib/ksql-exception.ts';
import type { Duration, TimeUnit } from '../syntax/ast.ts';

const UNIT_MS: Readonly<Partial<Record<TimeUnit, number>>> = {
  DAYS: 86_400_000,
  HOURS: 3_600_000,
  MINUTES: 60_000,
  SECONDS: 1_000,
  MILLISECONDS: 1,
};

export function durationMs({ value, unit }: Duration): number {
  const unitMs = UNIT_MS[unit];
  if (unitMs === undefined) throw new KsqlException(`Unknown time unit: '${unit}'`);
  return value * unitMs;
}

/**
 * Reads `10 SECONDS`.
 * @throws KsqlException worded as ksqlDB words it
 */
export function durationOf(text: string): number {
  const parts = text.trim().split(/\s+/);
  const refuse = (reason: string): KsqlException => new KsqlException(`Invalid duration: '${text}'. ${reason}`);
  if (parts.length !== 2) throw refuse(`Expected format: <value> <unit>`);
  const [value, word] = parts as [string, string];
  if (!/^[+-]?\d+$/.test(value)) throw refuse(`Not a valid number: '${value}'`);
  const upper = word.toUpperCase();
  const unitMs = UNIT_MS[(upper.endsWith('S') ? upper : `${upper}S`) as TimeUnit];
  if (unitMs === undefined) throw refuse(`Unknown time unit: '${upper}'`);
  return Number(value) * unitMs;
}
