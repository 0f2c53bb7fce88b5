import { MillraceError } from '@millrace/base';

/** A value was set that the chosen version of the message can't carry, and that may not be dropped silently. */
export function unsupportedField(field: string, version: number): MillraceError {
  return new MillraceError(
    'UNSUPPORTED_VERSION',
    `${field} can't be sent in version ${version}: leave it at its default, or use a version that has it.`,
    { context: { field, version } },
  );
}

/** The value of a field that may be null in other versions, but not in this one. */
export function nonNull<T>(value: T | null, field: string, version: number): T {
  if (value !== null) return value;
  throw new MillraceError('UNSUPPORTED_VERSION', `${field} can't be null in version ${version}.`, {
    context: { field, version },
  });
}
