import { MillraceError } from '@millrace/base';

/** Bytes that are not what the serde reads. Goes to the deserialisation handler. */
export function malformed(serde: string, problem: string, cause?: unknown): MillraceError {
  return new MillraceError('DESERIALIZATION_FAILED', `the ${serde} serde cannot read this value: ${problem}`, {
    cause,
  });
}

/** A value that the serde cannot write. */
export function unwritable(serde: string, problem: string, cause?: unknown): MillraceError {
  return new MillraceError('SERIALIZATION_FAILED', `the ${serde} serde cannot write this value: ${problem}`, { cause });
}
