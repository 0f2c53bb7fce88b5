import { MillraceError } from '@millrace/base';

/** The compressed bytes break the rules of their codec. */
export function corruptData(codec: string, what: string, cause?: unknown): MillraceError {
  return new MillraceError('CORRUPT_MESSAGE', `the ${codec} data of a record batch is damaged: ${what}`, {
    cause,
    context: { codec },
  });
}

/** The bytes would unpack to more than the reader allows. */
export function tooLarge(codec: string, maxBytes: number): MillraceError {
  return new MillraceError(
    'DECOMPRESSED_TOO_LARGE',
    `${codec} data of a record batch unpacks to more than the limit of ${maxBytes} bytes`,
    { context: { codec, maxBytes } },
  );
}
