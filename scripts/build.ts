import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE } from './house.ts';

/**
 * Compiles every package into `dist/packages/<name>`, each with the manifest that is published: the workspace's points
 * at `src`, the published one at `dist`. One compiler run for all, since they are one program.
 */
const root: string = join(import.meta.dirname, '..');
const out: string = join(root, 'dist');

type Manifest = Record<string, unknown> & {
  name: string;
  version: string;
  exports: Record<string, string>;
  imports?: Record<string, string>;
  bin?: Record<string, string>;
};

export function build(): string[] {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return Object.keys(HOUSE).map(assemble);
}

function assemble(name: string): string {
  const from = join(root, 'packages', name);
  const to = join(out, 'packages', name);
  mkdirSync(to, { recursive: true });
  cpSync(join(out, 'js', name, 'src'), join(to, 'dist'), { recursive: true });
  // What a package reads at run time beside its modules keeps its place relative to them.
  for (const extra of ['bin'])
    if (readdirSync(from).includes(extra)) cpSync(join(from, extra), join(to, extra), { recursive: true });
  cpSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  const readme = readdirSync(from).includes('README.md') ? join(from, 'README.md') : join(root, 'README.md');
  cpSync(readme, join(to, 'README.md'));
  const manifest = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as Manifest;
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(published(manifest), null, 2)}\n`);
  return to;
}

function published(manifest: Manifest): Manifest {
  const compiled = (path: string) => path.replace('./src/', './dist/').replace(/\.ts$/, '.js');
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([subpath, path]) => [
      subpath,
      { types: compiled(path).replace(/\.js$/, '.d.ts'), default: compiled(path) },
    ]),
  );
  const imports =
    manifest.imports === undefined
      ? {}
      : { imports: Object.fromEntries(Object.entries(manifest.imports).map(([key, path]) => [key, compiled(path)])) };
  const { scripts: _scripts, devDependencies: _dev, ...kept } = manifest;
  return { ...kept, ...imports, exports: exports as unknown as Record<string, string>, files: ['dist', 'bin'] };
}

if (import.meta.main) build();
