import type { Random } from '@millrace/base';
import type { Settings } from './schema-settings.ts';
import { invalidSettings, numberSetting, recordSetting } from './schema-settings.ts';

const TWO_32 = 2 ** 32;
const TWO_20 = 2 ** 20;

/** From 0 up to 1, of all doubles there. */
export function unit(random: Random): number {
  return (random.int(TWO_32) * TWO_20 + random.int(TWO_20)) / (TWO_32 * TWO_20);
}

/** From 0 up to `below`, which has at most 64 bits. */
export function wholeBelow(below: bigint, random: Random): bigint {
  const bits = (BigInt(random.int(TWO_32)) << 32n) | BigInt(random.int(TWO_32));
  return bits % below;
}

const LIMITS = {
  int: { min: -(2n ** 31n), max: 2n ** 31n },
  long: { min: -(2n ** 63n), max: 2n ** 63n },
} as const;

/** Whole numbers by `iteration`, by `range`, or any; each call makes a source with a state of its own. */
export function wholeNumbers(kind: 'int' | 'long', settings: Settings): (random: Random) => bigint {
  const iteration = recordSetting(settings, 'iteration');
  if (iteration !== null) {
    const next = iterated(iteration);
    return () => BigInt(Math.trunc(next()));
  }
  const range = recordSetting(settings, 'range');
  const min = range === null ? null : numberSetting(range, 'min');
  const max = range === null ? null : numberSetting(range, 'max');
  const from = min === null ? LIMITS[kind].min : BigInt(Math.trunc(min));
  const to = max === null ? LIMITS[kind].max : BigInt(Math.trunc(max));
  if (to <= from) throw invalidSettings('range', 'max must be more than min');
  return (random) => from + wholeBelow(to - from, random);
}

/** Numbers with a fraction, by the same settings; from 0 to 1 where there are none. */
export function fractions(settings: Settings): (random: Random) => number {
  const iteration = recordSetting(settings, 'iteration');
  if (iteration !== null) return iterated(iteration);
  const range = recordSetting(settings, 'range');
  if (range === null) return unit;
  const min = numberSetting(range, 'min') ?? 0;
  const max = numberSetting(range, 'max') ?? Number.MAX_VALUE;
  if (max <= min) throw invalidSettings('range', 'max must be more than min');
  return (random) => min + unit(random) * (max - min);
}

/** `start`, then a step at a time up or down to `restart`, and from the start again. */
function iterated(iteration: Settings): () => number {
  const start = numberSetting(iteration, 'start');
  if (start === null) throw invalidSettings('iteration', 'start is missing');
  const restart = numberSetting(iteration, 'restart');
  if (restart === start) throw invalidSettings('iteration', 'start and restart are the same');
  const step = numberSetting(iteration, 'step') ?? (restart !== null && restart < start ? -1 : 1);
  if (step === 0) throw invalidSettings('iteration', 'step is 0');
  let next = numberSetting(iteration, 'initial') ?? start;
  return () => {
    const value = next;
    next += step;
    const isBeyond = restart !== null && (step > 0 ? next >= restart : next <= restart);
    if (isBeyond) next = start + ((next - start) % (restart - start));
    return value;
  };
}
