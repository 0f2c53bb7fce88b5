import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';

// The guides' code runs as it stands there: a block that begins with `// name.ts` is that file, and one that is a test
// is a test here.

const GUIDES = join(import.meta.dirname, '../docs/guides');
const BLOCK = /^```ts\n(\/\/ ([\w-]+(?:\.test)?\.ts)\n[\s\S]*?)^```$/gm;
const folder = join(import.meta.dirname, `.guides-${process.pid}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

for (const guide of readdirSync(GUIDES).filter((name) => name.endsWith('.md'))) {
  const files = [...readFileSync(join(GUIDES, guide), 'utf8').matchAll(BLOCK)];
  const home = join(folder, guide.replace('.md', ''));
  mkdirSync(home, { recursive: true });
  for (const [, source = '', name = ''] of files) writeFileSync(join(home, name), source);
  const tests = files.map(([, , name = '']) => name).filter((name) => name.endsWith('.test.ts'));
  // A guide without such code, of commands say, is held by a test of its own.
  if (tests.length === 0) continue;
  describe(guide, async () => {
    for (const name of tests) await import(join(home, name));
  });
}
