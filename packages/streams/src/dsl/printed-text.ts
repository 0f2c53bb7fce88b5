import type { Windowed } from '../serdes/windowed.ts';

/**
 * A key or a value as a printed line shows it: windowed keys as Kafka Streams does, objects as JSON with bigints as text.
 */
export function printedText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (isWindowed(value)) return `[${printedText(value.key)}@${value.window.startMs}/${value.window.endMs}]`;
  return JSON.stringify(value, (_name, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}

function isWindowed(value: object): value is Windowed<unknown> {
  if (!('key' in value && 'window' in value)) return false;
  const { window } = value;
  return typeof window === 'object' && window !== null && 'startMs' in window && 'endMs' in window;
}
