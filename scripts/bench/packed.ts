import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from '../build.ts';
import { ROOT } from './shared.ts';

/** Where the packages lie as an installation has them; what they need beside themselves is linked. */
const INSTALLED = join(ROOT, 'dist/installed');

let installed: string | null = null;

/** The folder of modules with the packages as they are installed: built and laid out once a run. */
export function installedModules(): string {
  installed ??= install();
  return installed;
}

/** The path of the installed `millrace` command. */
export function packedCommand(): string {
  return join(installedModules(), 'millrace/bin/millrace.js');
}

/** A script of the repository, laid beside the installed packages with all that is in its folder, so that it imports them. */
export function installedScript(script: string): string {
  const folder = join(installedModules(), '..', 'bench');
  cpSync(join(ROOT, dirname(script)), folder, { recursive: true });
  return join(folder, basename(script));
}

function install(): string {
  const modules = join(INSTALLED, 'node_modules');
  const folders = build();
  rmSync(INSTALLED, { recursive: true, force: true });
  mkdirSync(join(modules, '@millrace'), { recursive: true });
  for (const folder of folders) {
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    cpSync(folder, join(modules, name === 'millrace' ? name : `@millrace/${name}`), { recursive: true });
  }
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    const isOurs = name === 'millrace' || name === '@millrace' || name.startsWith('.');
    if (!isOurs && !existsSync(join(modules, name))) symlinkSync(join(ROOT, 'node_modules', name), join(modules, name));
  }
  return modules;
}
