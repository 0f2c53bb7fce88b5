import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OffsetRuns } from './offset-runs.ts';

const OFFSETS = 24;

type Step =
  | { readonly kind: 'set'; readonly first: number; readonly length: number; readonly value: string }
  | { readonly kind: 'drop-before' | 'drop-from'; readonly offset: number };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('set' as const),
      first: fc.nat(OFFSETS - 1),
      length: fc.integer({ min: 1, max: OFFSETS }),
      value: fc.constantFrom('a', 'b', 'c'),
    }),
    fc.record({ kind: fc.constantFrom('drop-before' as const, 'drop-from' as const), offset: fc.nat(OFFSETS) }),
  ),
  { maxLength: 20 },
);

test('runs hold what a value for each offset would hold, in as few runs as there can be', () => {
  fc.assert(
    fc.property(steps, fc.nat(OFFSETS), fc.nat(OFFSETS), (list, one, other) => {
      const runs = new OffsetRuns<string>((left, right) => left === right);
      const model = new Map<number, string>();
      for (const step of list) {
        if (step.kind === 'set') {
          const last = step.first + step.length - 1;
          runs.set(step.first, last, step.value);
          for (let offset = step.first; offset <= last; offset++) model.set(offset, step.value);
        } else {
          if (step.kind === 'drop-before') runs.dropBefore(step.offset);
          else runs.dropFrom(step.offset);
          for (const offset of [...model.keys()]) {
            if (step.kind === 'drop-before' ? offset < step.offset : offset >= step.offset) model.delete(offset);
          }
        }
      }
      for (let offset = 0; offset < 2 * OFFSETS; offset++) expect(runs.at(offset)).toBe(model.get(offset));
      let before: { readonly last: number; readonly value: string } | null = null;
      for (const run of runs) {
        if (before !== null) {
          expect(run.first).toBeGreaterThan(before.last);
          expect(run.first === before.last + 1 && run.value === before.value).toBe(false);
        }
        before = run;
      }
      const [first, last] = [Math.min(one, other), Math.max(one, other)];
      let next = first;
      for (const stretch of runs.between(first, last)) {
        expect(stretch.first).toBe(next);
        for (; next <= stretch.last; next++) expect(model.get(next)).toBe(stretch.value);
      }
      expect(next).toBe(last + 1);
    }),
  );
});
