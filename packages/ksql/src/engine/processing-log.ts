import type { Logger } from '@millrace/base';
import type { ProcessingLog } from '../processing-log/messages.ts';

/** The processing log as the engine's own log shows it, under ksqlDB's logger names. */
export function loggedProcessing(logger: Logger): ProcessingLog {
  return {
    report({ kind, logger: name, message, cause }) {
      logger.warn(message, { logger: name, type: kind, cause });
    },
  };
}
