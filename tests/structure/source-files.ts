import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT: string = resolve(import.meta.dirname, '../..');

export type Import = { readonly specifier: string; readonly isTypeOnly: boolean };

export type SourceFile = {
  /** From the root of the repository, with `/`. */
  readonly path: string;
  /** The package it is in. */
  readonly packageName: string;
  /** From the package's `src`. */
  readonly inner: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly imports: readonly Import[];
};

// Statements begin a line in formatted source, so that text inside a template is not taken for one.
const STATIC = /^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm;
const DYNAMIC = /\bimport\('([^']+)'\)/g;

function importsOf(text: string): Import[] {
  const statics = [...text.matchAll(STATIC)].map((match) => ({
    specifier: match[2]!,
    isTypeOnly:
      match[1] !== undefined || /^(?:import|export)\s*\{(?:\s*type\s+\w+(?:\s+as\s+\w+)?\s*,?)+\s*\}/.test(match[0]),
  }));
  const dynamics = [...text.matchAll(DYNAMIC)].map((match) => ({ specifier: match[1]!, isTypeOnly: true }));
  return [...statics, ...dynamics];
}

/** Every TypeScript file of the packages' `src`, tests included. */
export function sourceFiles(): SourceFile[] {
  const packages = readdirSync(join(ROOT, 'packages'));
  return packages.flatMap((packageName) => {
    const src = join(ROOT, 'packages', packageName, 'src');
    const names = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    return names.map((name) => {
      const text = readFileSync(join(src, name), 'utf8');
      const inner = name.replaceAll('\\', '/');
      const path = `packages/${packageName}/src/${inner}`;
      return { path, packageName, inner, text, lines: text.split('\n'), imports: importsOf(text) };
    });
  });
}

export const isTest = (file: SourceFile): boolean =>
  /\.test(-d)?\.ts$/.test(file.path) || file.inner.includes('test-support');
export const isGenerated = (file: SourceFile): boolean => file.inner.startsWith('generated/');

/** The file that a relative import means, from the root of the repository; undefined for a package. */
export function resolveImport(file: SourceFile, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return relative(ROOT, resolve(ROOT, dirname(file.path), specifier)).replaceAll('\\', '/');
}
