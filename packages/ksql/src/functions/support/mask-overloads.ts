import { nullableOverload, overload, type ScalarOverload } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';
import { DEFAULT_MASK, type Mask, maskOf, requireCount } from './masking.ts';

/** The two forms of the functions that mask a number of characters at one end. */
export function countedMask(
  name: string,
  apply: (text: string, count: number, mask: Mask) => string,
): readonly ScalarOverload[] {
  return [
    overload({
      parameters: [STRING, INTEGER],
      returns: STRING,
      evaluate: (text, count) => {
        requireCount(count, name);
        return apply(text, count, DEFAULT_MASK);
      },
    }),
    nullableOverload({
      parameters: [STRING, INTEGER, STRING, STRING, STRING, STRING],
      returns: STRING,
      evaluate: (text, count, upper, lower, digit, other) => {
        if (text === null || count === null) return null;
        requireCount(count, name);
        return apply(text, count, maskOf(upper, lower, digit, other));
      },
    }),
  ];
}
