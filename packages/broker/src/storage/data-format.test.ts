import { expect, test } from 'vitest';
import { checkDataFormat } from './data-format.ts';
import { MemoryFiles } from './memory-files.ts';

test('fault 25: a folder of a newer format is refused with what to do, a new one and its own are taken', () => {
  const files = new MemoryFiles();
  checkDataFormat(files, '/data');
  checkDataFormat(files, '/data');
  files.replace('/data/.millrace-format', Buffer.from('2\n'));
  expect(() => checkDataFormat(files, '/data')).toThrow(expect.objectContaining({ code: 'DATA_FORMAT_TOO_NEW' }));
  expect(() => checkDataFormat(files, '/data')).toThrow(/newer Millrace/);
});
