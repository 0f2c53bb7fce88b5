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

/** How many buckets a HashMap that was made for so many entries has once they are in. */
function bucketCount(size: number): number {
  const buckets = 2 ** Math.ceil(Math.log2(Math.max(size, 1)));
  return size > buckets * 0.75 ? buckets * 2 : buckets;
}

/** The same entries in the order of their buckets; entries of one bucket stay as they came. */
export function inHashOrder(map: Map<SqlValue, SqlValue>): Map<SqlValue, SqlValue> {
  if (map.size < 2) return map;
  const mask = bucketCount(map.size) - 1;
  const placed = [...map].map((entry) => ({ entry, bucket: spreadHash(String(entry[0])) & mask }));
  if (placed.every(({ bucket }, index) => index === 0 || placed[index - 1]!.bucket <= bucket)) return map;
  placed.sort((left, right) => left.bucket - right.bucket);
  return new Map(placed.map(({ entry }) => entry));
}
