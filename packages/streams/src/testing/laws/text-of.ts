/**
 * A value as text, the same for values that mean the same: keys of objects in order, `null` for nothing. What laws
 * compare, and what their messages show.
 */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : String(value);
  if (typeof value !== 'object') return JSON.stringify(value) ?? String(value);
  if (value instanceof Uint8Array) return `Uint8Array.of(${[...value].join(', ')})`;
  if (value instanceof Date) return `Date(${value.toISOString()})`;
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (value instanceof Map) return `Map(${textOf([...value])})`;
  if (value instanceof Set) return `Set(${textOf([...value])})`;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, field]) => `${/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)}: ${textOf(field)}`,
    );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
