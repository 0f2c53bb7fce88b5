import { createRequire } from 'node:module';
import { MillraceError } from '@millrace/base';

/**
 * Loads a library that only who uses its format has to install.
 *
 * @throws MillraceError `LIBRARY_MISSING`
 */
export function loadLibrary<T>(name: string, usedFor: string): T {
  try {
    return createRequire(import.meta.url)(name) as T;
  } catch (cause) {
    throw new MillraceError('LIBRARY_MISSING', `${usedFor} needs ${name}: npm install ${name}`, { cause });
  }
}
