import { MillraceError } from '@millrace/base';

/** How an engine follows the command topic, in ksqlDB's words. */
export type CommandRunnerStatus = {
  /** `DEGRADED`: something in the topic can't be read, and no statement is taken any more. `ERROR`: one takes too long. */
  readonly status: 'RUNNING' | 'ERROR' | 'DEGRADED';
  readonly degradedReason: 'NONE' | 'CORRUPTED' | 'INCOMPATIBLE_COMMAND';
};

/** The topic is not the one that was read before. */
const CORRUPTED: readonly string[] = ['COMMAND_TOPIC_CORRUPTED', 'OFFSET_OUT_OF_RANGE', 'UNKNOWN_TOPIC_OR_PARTITION'];
/** Something in it is no command, or one of a later version. */
const INCOMPATIBLE: readonly string[] = ['COMMAND_UNREADABLE', 'COMMAND_INCOMPATIBLE'];

/** Whether an engine goes on with what it has read before such a failure, and only takes no more statements. */
export function isDegrading(failure: MillraceError | undefined): failure is MillraceError {
  return failure !== undefined && [...CORRUPTED, ...INCOMPATIBLE].includes(failure.code);
}

export function commandRunnerStatus(failure: MillraceError | undefined, isBlocked: boolean): CommandRunnerStatus {
  if (failure === undefined) return { status: isBlocked ? 'ERROR' : 'RUNNING', degradedReason: 'NONE' };
  if (INCOMPATIBLE.includes(failure.code)) return { status: 'DEGRADED', degradedReason: 'INCOMPATIBLE_COMMAND' };
  if (CORRUPTED.includes(failure.code)) return { status: 'DEGRADED', degradedReason: 'CORRUPTED' };
  return { status: 'ERROR', degradedReason: 'NONE' };
}

/** What is said to who gives statements to a degraded engine: ksqlDB's words. */
export function degradedError(failure: MillraceError): MillraceError {
  const message = INCOMPATIBLE.includes(failure.code)
    ? 'The server has encountered an incompatible entry in its log and cannot process further DDL statements.\n' +
      'This is most likely due to the service being rolled back to an earlier version.'
    : 'The server has detected corruption in the command topic due to modifications performed on it.\n' +
      'DDL statements will not be processed any further.\n' +
      'If a backup of the command topic is available, restore the command topic using the backup file.\n' +
      'A server restart is required to restore full functionality.';
  return new MillraceError('COMMAND_RUNNER_DEGRADED', message, { cause: failure });
}
