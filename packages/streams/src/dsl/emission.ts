import { illegalArgument } from '../errors.ts';
import type { Emit, EmitStrategy } from '../graph/nodes.ts';
import { type DurationMs, toMs } from '../lib/duration.ts';

/** Beside an emit strategy. */
export type EmitOptions = {
  /**
   * With `on-window-close`: when for so long on the wall clock no record has come, all open windows close and leave,
   * though stream time has not passed their ends. What comes for them afterwards is late. Default: they wait for records.
   */
  readonly closeAfterIdle?: DurationMs | undefined;
};

export const ON_UPDATE: Emit = { emit: 'on-window-update', idleMs: null };

/** @throws StreamsError `INVALID_ARGUMENT` for an idle time where windows do not leave on close, or none above zero */
export function emitOf(emit: EmitStrategy, { closeAfterIdle }: EmitOptions): Emit {
  if (closeAfterIdle === undefined) return { emit, idleMs: null };
  if (emit === 'on-window-update') {
    throw illegalArgument("closeAfterIdle needs the emit strategy 'on-window-close': updates do not wait for a close");
  }
  const idleMs = toMs(closeAfterIdle, 'closeAfterIdle');
  if (idleMs <= 0) throw illegalArgument(`closeAfterIdle must be above zero, not ${idleMs} ms`);
  return { emit, idleMs };
}
