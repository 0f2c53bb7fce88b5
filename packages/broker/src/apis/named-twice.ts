/** Parts what a request names once from what it names again: Kafka refuses the latter, each once. */
export function partNamedTwice<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
): { readonly once: readonly T[]; readonly twice: readonly T[] } {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  const seen = new Set<string>();
  const twice = items.filter((item) => {
    const name = nameOf(item);
    const isFirst = !seen.has(name);
    seen.add(name);
    return isFirst && counts.get(name)! > 1;
  });
  return { once: items.filter((item) => counts.get(nameOf(item)) === 1), twice };
}
