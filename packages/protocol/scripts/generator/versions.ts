import type { VersionRange } from '../../src/schema.ts';

/** The versions in both ranges, or null where there is none. */
export function intersect(a: VersionRange, b: VersionRange): VersionRange | null {
  const first = Math.max(a.first, b.first);
  const last = Math.min(a.last, b.last);
  return first > last ? null : { first, last };
}

/**
 * When a version out of `possible` lies in `range`: `true` (always), `false` (never), or an expression that asks so.
 */
export function condition(range: VersionRange | undefined, possible: VersionRange): boolean | string {
  const common = range === undefined ? null : intersect(range, possible);
  if (common === null) return false;
  const fromStart = common.first === possible.first;
  const toEnd = common.last === possible.last;
  if (fromStart && toEnd) return true;
  if (common.first === common.last) return `version === ${common.first}`;
  if (fromStart) return `version <= ${common.last}`;
  if (toEnd) return `version >= ${common.first}`;
  return `version >= ${common.first} && version <= ${common.last}`;
}

/** `range` narrowed to what is possible; the caller knows that they meet. */
export function within(range: VersionRange, possible: VersionRange): VersionRange {
  const common = intersect(range, possible);
  if (common === null) throw new Error('a field is used outside of its versions');
  return common;
}

/** When a version out of `possible` lies outside of `range`; the caller knows that it is not always inside. */
export function negation(range: VersionRange, possible: VersionRange): true | string {
  const inside = condition(range, possible);
  if (typeof inside === 'boolean') return true;
  if (range.first <= possible.first) return `version > ${range.last}`;
  if (range.last >= possible.last) return `version < ${range.first}`;
  return `!(${inside})`;
}
