import { MillraceError } from '@millrace/base';
import type { IntervalUnit } from '../parameter.ts';

const MS: Readonly<Partial<Record<IntervalUnit, number>>> = {
  MILLISECONDS: 1,
  SECONDS: 1000,
  MINUTES: 60_000,
  HOURS: 3_600_000,
  DAYS: 86_400_000,
  WEEKS: 7 * 86_400_000,
};

/** @throws MillraceError `INVALID_ARGUMENT` for units of no fixed length */
export function intervalMs(unit: IntervalUnit, count: number): number {
  const ms = MS[unit];
  if (ms === undefined) throw new MillraceError('INVALID_ARGUMENT', `${unit} have no fixed length`);
  return ms * count;
}
