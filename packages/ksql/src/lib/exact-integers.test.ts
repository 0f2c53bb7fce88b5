import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bigintOf } from './exact-integers.ts';

it('is the bigint of every safe integer', () => {
  const edges = fc.constantFrom(0, -0, 1, -1, 2 ** 31, -(2 ** 31), 2 ** 32, -(2 ** 32), 2 ** 32 - 1, -(2 ** 32) - 1);
  fc.assert(
    fc.property(fc.oneof(fc.maxSafeInteger(), edges), (integer) => {
      expect(bigintOf(integer)).toBe(BigInt(integer));
    }),
  );
});
