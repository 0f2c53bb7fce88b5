import { MillraceError } from '@millrace/base';

/** Why migrations were refused or failed, in ksql-migrations' words, which tell the cause as well. */
export function migrationError(message: string): MillraceError {
  return new MillraceError('MIGRATION', message);
}

/** What a server or the network said. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
