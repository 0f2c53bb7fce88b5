import { malformed } from '../../serdes/errors.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { Windowed } from '../../state/stores.ts';
import { UNLIMITED_END_MS } from '../../windows/unlimited-windows.ts';

/** What the cases' one serde can carry. */
export type AnyValue = string | number | Windowed<string>;

const WINDOWED = 1;
const COUNT = 2;
const CORRUPT = 3;

/** The bytes of a value that no one can read. */
export const CORRUPT_BYTES: Uint8Array = Uint8Array.of(CORRUPT, ...new TextEncoder().encode('corrupt'));

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function marked(mark: number, text: string): Uint8Array {
  return Uint8Array.of(mark, ...encoder.encode(text));
}

/** A string is its UTF-8 bytes, so that stores order keys as with a string serde; counts and windows are marked. */
export const anySerde: Serde<AnyValue> = {
  name: 'any',
  serialize(value) {
    if (typeof value === 'string') return encoder.encode(value);
    if (typeof value === 'number') return marked(COUNT, String(value));
    return marked(WINDOWED, `${value.window.startMs}:${value.window.endMs}:${value.key}`);
  },
  deserialize(bytes) {
    const rest = decoder.decode(bytes.subarray(1));
    switch (bytes[0]) {
      case CORRUPT:
        throw malformed('any', 'corrupt payload');
      case COUNT:
        return Number(rest);
      case WINDOWED: {
        const [start = '', end = '', ...key] = rest.split(':');
        return { key: key.join(':'), window: { startMs: Number(start), endMs: Number(end) } };
      }
      default:
        return decoder.decode(bytes);
    }
  },
};

/** How the cases' functions see keys and values. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value !== 'object') return String(value);
  const { key, window } = value as Windowed<string>;
  return `[${key}@${window.startMs}/${window.endMs === UNLIMITED_END_MS ? 'max' : window.endMs}]`;
}
