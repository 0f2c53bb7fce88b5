import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isGenerated, isTest, ROOT, type SourceFile, sourceFiles } from './source-files.ts';

// The formatter breaks code at 120 columns; what it cannot break, a string or prose, may go a little further.
const LINE_LENGTH_MAX = 130;
const FILE_LINES_MAX = 500;
const FUNCTION_LINES_MAX = 70;

const allFiles = sourceFiles();
const files = allFiles.filter((file) => !isGenerated(file));
const product = files.filter((file) => !isTest(file));

test(`a line ends at ${LINE_LENGTH_MAX} columns`, () => {
  const long = files.flatMap((file) =>
    file.lines.flatMap((line, index) =>
      line.length > LINE_LENGTH_MAX && !/https?:\/\//.test(line) ? [`${file.path}:${index + 1} (${line.length})`] : [],
    ),
  );
  expect(long).toEqual([]);
});

test(`a file ends at ${FILE_LINES_MAX} lines, unless it is a table`, () => {
  const isTable = (file: SourceFile) => file.text.startsWith('// A table:');
  const long = product.filter((file) => file.lines.length > FILE_LINES_MAX && !isTable(file));
  expect(long.map((file) => `${file.path} (${file.lines.length})`)).toEqual([]);
});

// Formatted source closes a block at the indentation of the line that opened it.
const FUNCTION_START =
  /^(\s*)(?:export\s+)?(?:(?:async\s+)?function\b|(?:static\s+|async\s+|override\s+|get\s+|set\s+)*[#\w]+\s*(?:<[^>]*>)?\([^)]*\)[^;=]*\{$|(?:const|let)\s+\w+.*=>\s*\{$)/;
const NO_FUNCTION = /^\s*(?:if|for|while|switch|catch|return|else|do|try)\b/;

function longFunctions(file: SourceFile): string[] {
  return file.lines.flatMap((line, start) => {
    const match = NO_FUNCTION.test(line) ? null : FUNCTION_START.exec(line);
    if (match === null) return [];
    const end = file.lines.findIndex((later, at) => at > start && new RegExp(`^${match[1]}\\}`).test(later));
    const length = end - start + 1;
    return length > FUNCTION_LINES_MAX ? [`${file.path}:${start + 1} (${length})`] : [];
  });
}

test(`a function ends at ${FUNCTION_LINES_MAX} lines`, () => {
  expect(product.flatMap(longFunctions)).toEqual([]);
});

test('what is exported is used by another file', () => {
  const dead = product
    .filter(
      (file) =>
        !/(^|\/)index\.ts$|^(main|streams|ksql|broker|client|testing)\.ts$|^server\/server-main\.ts$/.test(file.inner),
    )
    .flatMap((file) => {
      const names = [...file.text.matchAll(/^export (?:abstract )?(?:async )?(?:const|function\*?|class) (\w+)/gm)];
      const others = allFiles.filter((other) => other.packageName === file.packageName && other !== file);
      return names
        .map((match) => match[1]!)
        .filter((name) => !others.some((other) => new RegExp(`\\b${name}\\b`).test(other.text)))
        .map((name) => `${file.path} exports ${name}`);
    });
  expect(dead).toEqual([]);
});

test('nothing is left to do in a comment; it stands in the roadmap', () => {
  const left = files.filter((file) => /\b(TODO|FIXME|XXX|HACK)\b/.test(file.text));
  expect(left.map((file) => file.path)).toEqual([]);
});

test('an API of the broker says its versions and what it leaves out', () => {
  const apis = product.filter((file) => file.packageName === 'broker' && /^apis\/\d\d-/.test(file.inner));
  const silent = apis.filter((file) => !/^\/\*\*[\s\S]*?versions?/i.test(file.text));
  expect(silent.map((file) => file.path)).toEqual([]);
});

test('every package says how it is built, in at most 300 lines', () => {
  const missing = readdirSync(join(ROOT, 'packages')).filter((name) => {
    const lines = readFileSync(join(ROOT, 'packages', name, 'ARCHITECTURE.md'), 'utf8').split('\n').length;
    return lines > 300;
  });
  expect(missing).toEqual([]);
});
