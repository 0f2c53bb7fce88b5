import path from 'node:path';
import { MillraceError } from '@millrace/base';
import type { Files } from './files.ts';

const FILE = '.millrace-format';

/** The format of the data folder. It rises when an older broker would read new files wrongly. */
const FORMAT = 1;

/**
 * Makes sure that this broker understands a data folder, and marks a new one.
 *
 * @throws MillraceError `DATA_FORMAT_TOO_NEW` when a newer version has written it.
 */
export function checkDataFormat(files: Files, folder: string): void {
  const file = path.join(folder, FILE);
  const bytes = files.readWhole(file);
  const found = bytes === null ? FORMAT : Number(Buffer.from(bytes).toString('utf8').trim());
  if (found > FORMAT) throw dataFormatTooNew(file, found, FORMAT);
  if (bytes !== null) return;
  files.makeFolder(folder);
  files.replace(file, Buffer.from(`${FORMAT}\n`));
}

export function dataFormatTooNew(file: string, found: number, known: number): MillraceError {
  return new MillraceError(
    'DATA_FORMAT_TOO_NEW',
    `${file} has format ${found}, and this version knows formats up to ${known}: ` +
      'a newer Millrace has written it; run that version, or restore a copy from before the upgrade',
    { context: { file, found, known } },
  );
}
