import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generateFiles } from '../scripts/generator/files.ts';

const folder = join(import.meta.dirname, 'generated');

test('the committed codecs are what the generator writes from the declarations', () => {
  const files = generateFiles();
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  for (const [name, text] of files) {
    expect(readFileSync(join(folder, name), 'utf8') === text, `${name} is up to date`).toBe(true);
  }
});
