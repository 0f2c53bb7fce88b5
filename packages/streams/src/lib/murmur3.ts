// Murmur3's 128-bit variant for 64-bit machines with the seed that Kafka Streams uses for the values of foreign-key
// joins. In BigInt: it runs once per change of a joined table, not per hop.

const MASK = (1n << 64n) - 1n;
const SEED = 104729n;
const C1 = 0x87c37b91114253d5n;
const C2 = 0x4cf5ad432745937fn;
const BLOCK_SIZE = 16;

export const MURMUR3_SIZE = 16;

function rotate(value: bigint, bits: bigint): bigint {
  return ((value << bits) | (value >> (64n - bits))) & MASK;
}

function finish(value: bigint): bigint {
  let mixed = value ^ (value >> 33n);
  mixed = (mixed * 0xff51afd7ed558ccdn) & MASK;
  mixed ^= mixed >> 33n;
  mixed = (mixed * 0xc4ceb9fe1a85ec53n) & MASK;
  return mixed ^ (mixed >> 33n);
}

function first(word: bigint): bigint {
  return (rotate((word * C1) & MASK, 31n) * C2) & MASK;
}

function second(word: bigint): bigint {
  return (rotate((word * C2) & MASK, 33n) * C1) & MASK;
}

/** 16 bytes: both halves, big-endian. */
export function hash128(data: Uint8Array): Uint8Array {
  const blocks = Math.floor(data.length / BLOCK_SIZE);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let h1 = SEED;
  let h2 = SEED;
  for (let block = 0; block < blocks; block++) {
    h1 ^= first(view.getBigUint64(block * BLOCK_SIZE, true));
    h1 = (((rotate(h1, 27n) + h2) & MASK) * 5n + 0x52dce729n) & MASK;
    h2 ^= second(view.getBigUint64(block * BLOCK_SIZE + 8, true));
    h2 = (((rotate(h2, 31n) + h1) & MASK) * 5n + 0x38495ab5n) & MASK;
  }
  const rest = new Uint8Array(BLOCK_SIZE);
  rest.set(data.subarray(blocks * BLOCK_SIZE));
  const tail = new DataView(rest.buffer);
  h2 ^= second(tail.getBigUint64(8, true));
  h1 ^= first(tail.getBigUint64(0, true));
  h1 ^= BigInt(data.length);
  h2 ^= BigInt(data.length);
  h1 = (h1 + h2) & MASK;
  h2 = (h2 + h1) & MASK;
  h1 = finish(h1);
  h2 = finish(h2);
  h1 = (h1 + h2) & MASK;
  h2 = (h2 + h1) & MASK;
  const out = new Uint8Array(MURMUR3_SIZE);
  const outView = new DataView(out.buffer);
  outView.setBigUint64(0, h1);
  outView.setBigUint64(8, h2);
  return out;
}
