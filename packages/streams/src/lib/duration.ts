import { MillraceError } from '@millrace/base';

/** Milliseconds, or anything that knows its milliseconds (luxon's `Duration`, Temporal adaptors). */
export type DurationMs = number | { toMillis(): number };

/** @throws MillraceError `INVALID_ARGUMENT` when it is not a whole number of milliseconds. */
export function toMs(duration: DurationMs, name: string): number {
  const ms = typeof duration === 'number' ? duration : duration.toMillis();
  if (Number.isSafeInteger(ms)) return ms;
  throw invalidArgument(`${name} must be a whole number of milliseconds, not ${String(ms)}`);
}

export function invalidArgument(message: string): MillraceError {
  return new MillraceError('INVALID_ARGUMENT', message);
}
