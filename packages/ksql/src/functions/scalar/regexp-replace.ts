import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { replaceJava } from '../support/java-regex.ts';

export const REGEXP_REPLACE: ScalarFunction = {
  kind: 'scalar',
  name: 'regexp_replace',
  category: 'REGULAR EXPRESSION',
  description: 'Replaces every part of a text that matches a pattern; $1 in the replacement is the first group.',
  overloads: [overload({ parameters: [STRING, STRING, STRING], returns: STRING, evaluate: replaceJava })],
  examples: [
    { call: "REGEXP_REPLACE('baababaa', '(ab)+', 'xy')", result: 'baxyaa' },
    { call: "REGEXP_REPLACE('one two', '(\\w+) (\\w+)', '$2 $1')", result: 'two one' },
  ],
};
