import { expect, test } from 'vitest';
import { HOUSE, type PackageRules } from '../../scripts/house.ts';
import { type Import, isTest, ROOT, resolveImport, type SourceFile, sourceFiles } from './source-files.ts';

const files = sourceFiles();
const product = files.filter((file) => !isTest(file));

/** The place of a file in the order: a folder, a named file, or -1 for a door such as `index.ts`. */
function place(rules: PackageRules, inner: string): number {
  return rules.order.findIndex((entry) => inner === entry || inner.startsWith(`${entry}/`));
}

function innerOf(path: string): string {
  return path.replace(/^packages\/[^/]+\/src\//, '');
}

test('every package and every folder has its place in the house', () => {
  const strangers = product.filter((file) => {
    const rules = HOUSE[file.packageName];
    return rules === undefined || (rules.order.length > 0 && file.inner.includes('/') && place(rules, file.inner) < 0);
  });
  expect(strangers.map((file) => file.path)).toEqual([]);
});

test('a package imports only the packages below it, and by their public names', () => {
  const wrong = product.flatMap((file) =>
    file.imports
      .filter(({ specifier }) => specifier.startsWith('@millrace/') || specifier === 'millrace')
      .filter(({ specifier }) => {
        const [name = '', ...rest] = specifier.replace('@millrace/', '').split('/');
        return name !== file.packageName && (!HOUSE[file.packageName]!.uses.includes(name) || rest.length > 1);
      })
      .map(({ specifier }) => `${file.path} imports ${specifier}`),
  );
  expect(wrong).toEqual([]);
});

test('no import leaves its package by a path', () => {
  const wrong = product.flatMap((file) =>
    file.imports
      .map(({ specifier }) => resolveImport(file, specifier))
      .filter((target) => target !== undefined && !target.startsWith(`packages/${file.packageName}/`))
      .map((target) => `${file.path} imports ${target}`),
  );
  expect(wrong).toEqual([]);
});

test('folders are imported in one direction only', () => {
  const wrong = product.flatMap((file) => {
    const rules = HOUSE[file.packageName]!;
    const from = place(rules, file.inner);
    return file.imports.flatMap(({ specifier }) => {
      const target = resolveImport(file, specifier);
      if (target === undefined || from < 0) return [];
      const to = place(rules, innerOf(target));
      return to >= from ? [] : [`${file.path} imports ${innerOf(target)}, which stands above it`];
    });
  });
  expect(wrong).toEqual([]);
});

test('no files import each other in a ring', () => {
  expect(ringsOf((file) => file.imports.filter(({ isTypeOnly }) => !isTypeOnly))).toEqual([]);
});

// A stream can become a table and a table a stream: the classes of the DSL name each other in their signatures.
const NAME_EACH_OTHER = 'packages/streams/src/dsl/';

test('nor do their types, but for those of the DSL, which hand each other out', () => {
  const rings = ringsOf((file) => file.imports);
  expect(rings.filter((ring) => !ring.every((path) => path.startsWith(NAME_EACH_OTHER)))).toEqual([]);
});

/** Paths of files that lead back to their first. */
function ringsOf(importsOf: (file: SourceFile) => readonly Import[]): string[][] {
  const edges = new Map(
    product.map((file) => [file.path, importsOf(file).map(({ specifier }) => resolveImport(file, specifier))]),
  );
  const state = new Map<string, 'open' | 'done'>();
  const rings: string[][] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (state.get(path) === 'done') return;
    if (state.get(path) === 'open') {
      rings.push([...trail.slice(trail.indexOf(path)), path]);
      return;
    }
    state.set(path, 'open');
    for (const next of edges.get(path) ?? []) if (next !== undefined) visit(next, [...trail, path]);
    state.set(path, 'done');
  };
  for (const path of edges.keys()) visit(path, []);
  return rings;
}

test('what must run outside Node imports no module of Node', () => {
  const wrong = product.flatMap((file) => {
    const isPortable = HOUSE[file.packageName]!.portable.some(
      (entry) => file.inner === entry || file.inner.startsWith(`${entry}/`),
    );
    if (!isPortable) return [];
    return file.imports
      .filter(({ specifier }) => specifier.startsWith('node:'))
      .map(({ specifier }) => `${file.path} imports ${specifier}`);
  });
  expect(wrong).toEqual([]);
});

test('the source is where the tests look for it', () => {
  expect(product.length, ROOT).toBeGreaterThan(100);
});
