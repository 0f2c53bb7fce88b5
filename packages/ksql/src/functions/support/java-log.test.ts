import { expect, it } from 'vitest';
import { javaLog } from './java-log.ts';

it.each([
  [3, 1.0986122886681098],
  [1, 0],
  [7, 1.9459101490553132],
  [5e-324, -744.4400719213812],
  [1.7976931348623157e308, 709.782712893384],
  [0, Number.NEGATIVE_INFINITY],
  [-1, Number.NaN],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
])('knows the logarithm of %d', (x, logarithm) => {
  expect(javaLog(x)).toBe(logarithm);
});

it('is at most one unit in the last place from the engine', () => {
  for (let exponent = -300; exponent < 300; exponent += 0.37) {
    const x = 10 ** exponent;
    expect(Math.abs(javaLog(x) - Math.log(x))).toBeLessThanOrEqual(Math.abs(Math.log(x)) * 2 ** -52);
  }
});
