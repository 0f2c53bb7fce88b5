import { nullableOverload, overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { DEFAULT_MASK, maskOf, maskText } from '../support/masking.ts';

export const MASK: ScalarFunction = {
  kind: 'scalar',
  name: 'mask',
  category: 'STRING',
  description: 'Hides a text: X for upper case, x for lower case, n for digits, - for others, or what is given.',
  overloads: [
    overload({ parameters: [STRING], returns: STRING, evaluate: (text) => maskText(text, DEFAULT_MASK) }),
    nullableOverload({
      parameters: [STRING, STRING, STRING, STRING, STRING],
      returns: STRING,
      evaluate: (text, upper, lower, digit, other) =>
        text === null ? null : maskText(text, maskOf(upper, lower, digit, other)),
    }),
  ],
  examples: [
    { call: "MASK('My Test $123')", result: 'Xx-Xxxx--nnn' },
    { call: "MASK('My Test $123', '*', NULL, '1', NULL)", result: '*y *est $111' },
  ],
};
