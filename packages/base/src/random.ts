/** A source of randomness; comes in from outside so that a run can be repeated from its seed. */
export type Random = {
  /** A whole number from 0 up to, not including, `below`. */
  int(below: number): number;
};

export const systemRandom: Random = { int: (below) => Math.floor(Math.random() * below) };

/** A repeatable source (mulberry32): the same seed gives the same numbers. Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return {
    int(below) {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
    },
  };
}
