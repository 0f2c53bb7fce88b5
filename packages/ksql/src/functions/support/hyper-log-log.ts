/**
 * HyperLogLog (Flajolet et al. 2007) with 2^14 registers, whose standard error is below 1 %. Registers of five bits are
 * packed six to a 32-bit integer, so that a sketch is an array of INTEGERs that every format can hold.
 */

const INDEX_BITS = 14;
const REGISTERS = 1 << INDEX_BITS;
const REGISTERS_PER_WORD = 6;
const REGISTER_BITS = 5;
const REGISTER_MASK = (1 << REGISTER_BITS) - 1;
const WORDS = Math.floor(REGISTERS / REGISTERS_PER_WORD) + 1;
const ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);
const LINEAR_COUNTING_LIMIT = 2.5 * REGISTERS;

export function emptySketch(): readonly number[] {
  return new Array<number>(WORDS).fill(0);
}

/** The sketch with one more element, given by its hash; the same sketch if that changes nothing. */
export function addHash(sketch: readonly number[], hash: number): readonly number[] {
  const register = hash >>> (32 - INDEX_BITS);
  const rank = Math.clz32((hash << INDEX_BITS) | (1 << (INDEX_BITS - 1))) + 1;
  const word = Math.floor(register / REGISTERS_PER_WORD);
  const shift = REGISTER_BITS * (register % REGISTERS_PER_WORD);
  if (((sketch[word]! >>> shift) & REGISTER_MASK) >= rank) return sketch;
  const changed = sketch.slice();
  changed[word] = (changed[word]! & ~(REGISTER_MASK << shift)) | (rank << shift);
  return changed;
}

/** The sketch of both sets together. */
export function mergeSketches(left: readonly number[], right: readonly number[]): readonly number[] {
  return left.map((word, index) => {
    let merged = 0;
    for (let shift = 0; shift < REGISTER_BITS * REGISTERS_PER_WORD; shift += REGISTER_BITS) {
      const ours = (word >>> shift) & REGISTER_MASK;
      const other = (right[index]! >>> shift) & REGISTER_MASK;
      merged |= Math.max(ours, other) << shift;
    }
    return merged;
  });
}

export function estimate(sketch: readonly number[]): bigint {
  let sum = 0;
  let zeros = 0;
  for (let register = 0; register < REGISTERS; register++) {
    const shift = REGISTER_BITS * (register % REGISTERS_PER_WORD);
    const rank = (sketch[Math.floor(register / REGISTERS_PER_WORD)]! >>> shift) & REGISTER_MASK;
    sum += 2 ** -rank;
    if (rank === 0) zeros++;
  }
  const raw = (ALPHA * REGISTERS * REGISTERS) / sum;
  const linear = raw <= LINEAR_COUNTING_LIMIT && zeros > 0;
  return BigInt(Math.round(linear ? REGISTERS * Math.log(REGISTERS / zeros) : raw));
}

/** MurmurHash3, 32 bits, of the UTF-16 units of a text. */
export function hashText(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    let block = Math.imul(text.charCodeAt(index), 0xcc9e2d51);
    block = (block << 15) | (block >>> 17);
    hash ^= Math.imul(block, 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  hash ^= text.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
