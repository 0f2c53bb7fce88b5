import { boundOverload, type FunctionContext, overload, type ScalarFunction } from '../function.ts';
import { BYTES, INTEGER, STRING } from '../parameter.ts';
import { substringOf } from '../support/slices.ts';

/** With this setting positions of texts count from 0, as in the first versions of KSQL. */
const LEGACY_SETTING = 'ksql.functions.substring.legacy.args';

const shiftOf = (context: FunctionContext): number => (context.setting(LEGACY_SETTING) === 'true' ? 1 : 0);

export const SUBSTRING: ScalarFunction = {
  kind: 'scalar',
  name: 'substring',
  category: 'STRING',
  description: 'The part of a text, or of bytes, from a position that counts from 1, or from the end if negative.',
  overloads: [
    boundOverload({
      parameters: [STRING, INTEGER],
      returns: STRING,
      bind: (_, context) => {
        const shift = shiftOf(context);
        return (text, position) => substringOf(text, position + shift);
      },
    }),
    boundOverload({
      parameters: [STRING, INTEGER, INTEGER],
      returns: STRING,
      bind: (_, context) => {
        const legacy = shiftOf(context) === 1;
        // The old form had the end, not the length, as its third argument.
        if (legacy) return (text, start, end) => substringOf(text, start + 1, end - start);
        return (text, position, length) => substringOf(text, position, length);
      },
    }),
    overload({ parameters: [BYTES, INTEGER], returns: BYTES, evaluate: (bytes, from) => substringOf(bytes, from) }),
    overload({
      parameters: [BYTES, INTEGER, INTEGER],
      returns: BYTES,
      evaluate: (bytes, position, length) => substringOf(bytes, position, length),
    }),
  ],
  examples: [
    { call: "SUBSTRING('some_string', 6)", result: 'string' },
    { call: "SUBSTRING('some_string', 6, 3)", result: 'str' },
    { call: "SUBSTRING('some_string', -6, 3)", result: 'str' },
  ],
};
