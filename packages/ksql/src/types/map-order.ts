import type { SqlValue } from './values.ts';

/**
 * ksqlDB holds maps in Java's HashMap, whose order shows: in folds over a map, and wherever a map is written. Maps that come
 * from outside get that order here, so that the same input gives the same rows.
 */

/** Java's String.hashCode, with the upper bits mixed into the lower ones as HashMap does. */
function spreadHash(key: string): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  return hash ^ (hash >>> 16);
}

const DEFAULT_BUCKETS = 16;

/** How many buckets a HashMap that had so many at first has once so many entries are in. */
function bucketCount(initial: number, size: number): number {
  let buckets = 2 ** Math.ceil(Math.log2(Math.max(initial, 1)));
  while (size > buckets * 0.75) buckets *= 2;
  return buckets;
}

/**
 * The same entries in the order of the buckets of a HashMap that was made for so many; entries of one bucket stay as they
 * came. This is how maps are read.
 */
export function inHashOrder<Key extends SqlValue, Value>(map: Map<Key, Value>): Map<Key, Value> {
  return ordered(map, map.size);
}

/** The same entries in the order of a HashMap that was made empty and grew. This is how functions make maps. */
export function inGrownHashOrder<Key extends SqlValue, Value>(map: Map<Key, Value>): Map<Key, Value> {
  return ordered(map, DEFAULT_BUCKETS);
}

function ordered<Key extends SqlValue, Value>(map: Map<Key, Value>, initialBuckets: number): Map<Key, Value> {
  if (map.size < 2) return map;
  const mask = bucketCount(initialBuckets, map.size) - 1;
  const placed = [...map].map((entry) => ({ entry, bucket: spreadHash(String(entry[0])) & mask }));
  if (placed.every(({ bucket }, index) => index === 0 || placed[index - 1]!.bucket <= bucket)) return map;
  placed.sort((left, right) => left.bucket - right.bucket);
  return new Map(placed.map(({ entry }) => entry));
}
