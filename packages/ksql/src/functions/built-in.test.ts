import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builtInFunctions } from './built-in.ts';
import { AGGREGATE_FUNCTIONS } from './built-in-aggregate.ts';
import { SCALAR_FUNCTIONS } from './built-in-scalar.ts';
import { TABLE_FUNCTIONS } from './built-in-table.ts';
import type { SqlFunction } from './function.ts';
import { printParameters } from './parameter.ts';

/** The list of ksqlDB's functions lies beside the repository; elsewhere this test has nothing to compare with. */
const SURFACE = new URL('../../../../../shared/design/ksql-surface.md', import.meta.url);

type Listed = { readonly name: string; readonly signatures: readonly string[] };

function listed(from: string, to: string): readonly Listed[] {
  const text = readFileSync(SURFACE, 'utf8');
  const section = text.slice(text.indexOf(from), text.indexOf(to));
  return section.split('\n').flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, name = '', signatures = ''] = cells;
    return /^[A-Z][A-Z0-9_]+$/.test(name) ? [{ name, signatures: signatures.split('; ').map(parametersOf) }] : [];
  });
}

/** What a signature takes; the document shortens INTEGER, and writes NUM for three types at once. */
const parametersOf = (signature: string): string =>
  signature.slice(0, signature.lastIndexOf(')', signature.indexOf(' →')) + 1).replaceAll(/\bINT\b/g, 'INTEGER');

const expand = (signature: string): readonly string[] =>
  signature.includes('NUM')
    ? ['INTEGER', 'BIGINT', 'DOUBLE'].map((type) => signature.replaceAll('NUM', type))
    : [signature];

const signaturesOf = (definition: SqlFunction): readonly string[] =>
  definition.overloads.map((overload) => printParameters(overload.parameters)).sort();

const named = (definitions: readonly SqlFunction[], name: string): SqlFunction | undefined =>
  definitions.find((each) => each.name.toUpperCase() === name);

describe.skipIf(!existsSync(SURFACE))('compared with the list in shared/design/ksql-surface.md', () => {
  it('every scalar function is there with all its signatures', () => {
    const all = listed('## 6. Scalar functions', '## 7. Table functions');
    expect(SCALAR_FUNCTIONS.map((each) => each.name.toUpperCase()).sort()).toEqual(all.map((each) => each.name).sort());
    for (const { name, signatures } of all) {
      const expected = signatures.flatMap(expand).sort();
      expect([name, signaturesOf(named(SCALAR_FUNCTIONS, name)!)]).toEqual([name, expected]);
    }
  });

  it('every table and aggregate function is there', () => {
    const tables = listed('## 7. Table functions', '## 8. Aggregate functions').map((each) => each.name);
    const aggregates = listed('## 8. Aggregate functions', '## 9. GROUP BY').map((each) => each.name);
    expect(TABLE_FUNCTIONS.map((each) => each.name).sort()).toEqual(tables.sort());
    expect(AGGREGATE_FUNCTIONS.map((each) => each.name).sort()).toEqual(aggregates.sort());
  });
});

describe('the registry', () => {
  it('finds functions without case and knows their kind', () => {
    const functions = builtInFunctions();
    expect(functions.find('lCase')?.kind).toBe('scalar');
    expect(functions.isAggregate('count')).toBe(true);
    expect(functions.isTableFunction('EXPLODE')).toBe(true);
  });

  it('names what it does not know', () => {
    expect(() => builtInFunctions().get('WONT_FIND_ME')).toThrow(
      "Can't find any functions with the name 'WONT_FIND_ME'",
    );
  });

  it('refuses a second function of the same name', () => {
    const functions = builtInFunctions();
    expect(() => functions.register(SCALAR_FUNCTIONS[0]!)).toThrow('already exists');
  });
});
