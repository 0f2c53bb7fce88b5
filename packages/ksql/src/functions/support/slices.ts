/** A part of a text or of bytes. */
type Sliceable<Whole> = { readonly length: number; slice(start: number, end?: number): Whole };

/** SUBSTRING's rule: positions count from 1, negative ones from the end; outside of the whole there is nothing. */
export function substringOf<Whole extends Sliceable<Whole>>(whole: Whole, position: number, length?: number): Whole {
  const start = position < 0 ? Math.max(whole.length + position, 0) : Math.min(Math.max(position - 1, 0), whole.length);
  if (length === undefined) return whole.slice(start);
  return whole.slice(start, Math.min(start + Math.max(length, 0), whole.length));
}

/** The padding that brings `size` up to `length`, or null where padding is impossible. */
export function paddingRepeats(size: number, length: number, paddingSize: number): number | null {
  if (length < 0 || paddingSize === 0) return null;
  return Math.ceil(Math.max(length - size, 0) / paddingSize);
}
