import { MillraceError } from '@millrace/base';

/**
 * Bytes in JSON without loss: a string where they are UTF-8, else `{ "base64": … }`. Reading gives the same bytes back.
 */
export type JsonBytes = string | null | { readonly base64: string };

export type JsonHeader = { readonly key: string; readonly value: JsonBytes };

/** A record as `consume --json` prints it, one on a line, and as `produce --format json` reads it. */
export type JsonRecord = {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: JsonBytes;
  readonly value: JsonBytes;
  readonly headers: readonly JsonHeader[];
};

// A byte order mark is part of the value, and what is not UTF-8 must not be replaced.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function toJsonBytes(bytes: Uint8Array | null): JsonBytes {
  if (bytes === null) return null;
  try {
    return UTF8.decode(bytes);
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}

/** @throws MillraceError `INVALID_RECORD` that names the field. */
export function fromJsonBytes(value: unknown, field: string): Uint8Array | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value === 'object' && 'base64' in value && typeof value.base64 === 'string') {
    return Buffer.from(value.base64, 'base64');
  }
  throw new MillraceError('INVALID_RECORD', `${field} must be text, null or {"base64": "…"}`);
}
