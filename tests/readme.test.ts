import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..');

test("the README's code runs as it stands: a topology on an embedded broker, and SQL beside it", () => {
  using folder = temporaryFolder();
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map((match) => match[1]!);
  expect(blocks.length).toBe(2);
  const code = blocks.join('\n').replace("'./data'", JSON.stringify(join(folder.path, 'data')));
  const end = "\nawait app.waitFor('RUNNING');\nconsole.log(app.state);\n";
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', code + end];
  const env = { ...process.env, TMPDIR: folder.path, FORCE_COLOR: '0' };
  const printed = execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 40_000, env });
  expect(printed.trim().split('\n')).toEqual(["[ 'SFO', 12 ]", 'RUNNING']);
}, 60_000);
