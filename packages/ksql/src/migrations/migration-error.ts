import { MillraceError } from '@millrace/base';

/** Why migrations were refused or failed, in ksql-migrations' words. */
export function migrationError(message: string, cause?: unknown): MillraceError {
  return new MillraceError('MIGRATION', message, cause === undefined ? {} : { cause });
}

/** What a server or the network said. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
