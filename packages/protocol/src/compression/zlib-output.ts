import { describeError, type MillraceError } from '@millrace/base';
import { corruptData, tooLarge } from './decompression-errors.ts';

/** Tells apart the two ways in which node:zlib fails on bytes from outside. */
export function zlibError(codec: string, thrown: unknown, maxBytes: number): MillraceError {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(codec, maxBytes);
  return corruptData(codec, describeError(thrown), thrown);
}
