/**
 * Writes src/generated/ from the declarations in src/messages/: interfaces, defaults, codecs and the table of APIs.
 * Run it with `node packages/protocol/scripts/generate.ts` after a change of a declaration.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateFiles } from './generator/files.ts';

const folder = join(import.meta.dirname, '../src/generated');
const files = generateFiles();
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
for (const [name, text] of files) writeFileSync(join(folder, name), text);
process.stdout.write(`${files.size} files written to src/generated\n`);
