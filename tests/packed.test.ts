import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '..');
const node = (cwd: string, ...args: string[]): string =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 120_000 });

// Type stripping does not work below node_modules, and a missing file shows only when it is not there: the repository
// itself can't tell whether what is published works.
test('the packed packages, installed into an empty folder elsewhere, run example 01 with plain node', () => {
  using folder = temporaryFolder();
  node(ROOT, 'scripts/pack.ts');
  const tarballs = readdirSync(join(ROOT, 'dist/tarballs')).map((name) => join(ROOT, 'dist/tarballs', name));
  expect(tarballs.length).toBe(7);
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error', 'vega-datasets@3.2.1'];
  execFileSync('npm', [...install, ...tarballs], { cwd: folder.path, stdio: 'pipe', timeout: 180_000 });
  cpSync(join(ROOT, 'examples/01-flights'), join(folder.path, 'flights'), { recursive: true });

  const printed = node(join(folder.path, 'flights'), 'main.ts', '--data', join(folder.path, 'data'));
  expect(printed).toContain('Equal: 20000 flights');
  expect(node(folder.path, 'node_modules/.bin/millrace', '--help')).toContain('broker');
}, 400_000);
