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

const UNITS = ['NANOSECONDS', 'MICROSECONDS', 'MILLISECONDS', 'SECONDS', 'MINUTES', 'HOURS', 'DAYS'];
const SMALL_UNITS_PER_MS: Readonly<Record<string, number>> = { NANOSECONDS: 1_000_000, MICROSECONDS: 1_000 };

/**
 * Reads `10 SECONDS`.
 * @throws KsqlException worded as ksqlDB words it
 */
export function durationOf(text: string): number {
  const parts = text.split(/\s/);
  const refuse = (reason: string): KsqlException => new KsqlException(`Invalid duration: '${text}'. ${reason}`);
  if (parts.length !== 2) throw refuse(`Expected 2 tokens, got: ${parts.length}`);
  const [value, word] = parts as [string, string];
  if (!/^[+-]?\d+$/.test(value)) throw refuse(`Not numeric: '${value}'`);
  const upper = word.toUpperCase();
  const unit = upper.endsWith('S') ? upper : `${upper}S`;
  if (!UNITS.includes(unit)) {
    throw refuse(`Unknown time unit: '${upper}'\nSupported time units are: ${UNITS.join('\n\t')}`);
  }
  const perMs = SMALL_UNITS_PER_MS[unit];
  return perMs === undefined ? Number(value) * UNIT_MS[unit as TimeUnit]! : Math.floor(Number(value) / perMs);
}
