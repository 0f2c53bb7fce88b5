import { expect, test } from 'vitest';
import { printRule, ruleName, rulesIn } from './print-grammar.ts';

test('a rule reads as in a manual of SQL', () => {
  expect(printRule('drop')).toBe('DROP { { STREAM | TABLE } | CONNECTOR | TYPE } [ IF EXISTS ] name [ DELETE TOPIC ]');
  expect(printRule('expression')).toBe('conjunction [ OR … ]');
  expect(printRule('structType')).toBe('STRUCT < [ name type [, …] ] >');
});

test('long rules get a line for each part', () => {
  expect(printRule('query').split('\n').slice(0, 3)).toEqual([
    'SELECT { * | name.* | select-expression } [, …] FROM name',
    '    [ [ AS ] name ]',
    '    [ join ]…',
  ]);
});

test('rules that are written out count as part of the rule', () => {
  expect(rulesIn('assert')).toEqual(['tableProperty', 'duration', 'number']);
  expect(ruleName('tableProperty')).toBe('table-property');
});
