import type { MillraceError } from '@millrace/base';

/** How an engine follows the command topic, in ksqlDB's words. */
export type CommandRunnerStatus = {
  /** `DEGRADED`: something in the topic can't be read, and no statement is taken any more. `ERROR`: one takes too long. */
  readonly status: 'RUNNING' | 'ERROR' | 'DEGRADED';
  readonly degradedReason: 'NONE' | 'CORRUPTED' | 'INCOMPATIBLE_COMMAND';
};

/** What became of following the topic, by the failure that ended it. */
export function commandRunnerStatus(failure: MillraceError | undefined, isBlocked: boolean): CommandRunnerStatus {
  if (failure === undefined) return { status: isBlocked ? 'ERROR' : 'RUNNING', degradedReason: 'NONE' };
  if (failure.code === 'COMMAND_INCOMPATIBLE') return { status: 'DEGRADED', degradedReason: 'INCOMPATIBLE_COMMAND' };
  return { status: 'DEGRADED', degradedReason: 'CORRUPTED' };
}
