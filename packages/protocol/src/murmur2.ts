const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/**
 * The 32-bit MurmurHash2 with the seed that Kafka's clients use, as a signed number: equal keys must reach the same
 * partition whichever client writes them (`org.apache.kafka.common.utils.Utils#murmur2`).
 */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  let hash = SEED ^ length;
  let at = 0;
  for (const last = length - 4; at <= last; at += 4) {
    let word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
    word = Math.imul(word, MULTIPLIER);
    word ^= word >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(word, MULTIPLIER);
  }
  const rest = length - at;
  if (rest > 0) {
    if (rest === 3) hash ^= bytes[at + 2]! << 16;
    if (rest >= 2) hash ^= bytes[at + 1]! << 8;
    hash = Math.imul(hash ^ bytes[at]!, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}

/** Drops the sign bit, as Kafka's partitioner does before the modulo; not the absolute value. */
export function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}

/** The partition that Java's default partitioner chooses for a record with these key bytes. */
export function partitionForKey(key: Uint8Array, partitionCount: number): number {
  return toPositive(murmur2(key)) % partitionCount;
}
