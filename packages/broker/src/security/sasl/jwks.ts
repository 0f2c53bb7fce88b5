import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Clock, describeError } from '@millrace/base';
import { InvalidToken } from './jwt.ts';

const FETCH_TIMEOUT_MS = 10_000;
const KEYS_BYTES_MAX = 1024 * 1024;

/** A key that is not known is asked for again, but no more often than this. */
const RETRY_AFTER_MS = 10_000;

type Keys = { readonly byId: ReadonlyMap<string, KeyObject>; readonly only: KeyObject | null };

/** The public keys that an issuer of tokens publishes, read when they are needed and kept for a while. */
export class Jwks {
  readonly #url: URL;
  readonly #refreshMs: number;
  readonly #clock: Clock;
  #keys: Keys | null = null;
  #readAtMs = Number.NEGATIVE_INFINITY;
  #reading: Promise<Keys> | null = null;

  constructor(url: string, refreshMs: number, clock: Clock) {
    this.#url = new URL(url);
    this.#refreshMs = refreshMs;
    this.#clock = clock;
  }

  /** @throws InvalidToken when there is no such key; what reading throws when there are no keys at all. */
  async keyOf(id: string | undefined): Promise<KeyObject> {
    const ageMs = this.#clock.monotonicMs() - this.#readAtMs;
    const known = this.#keys === null ? undefined : find(this.#keys, id);
    if (known !== undefined && ageMs < this.#refreshMs) return known;
    if (this.#keys === null || ageMs >= RETRY_AFTER_MS) {
      try {
        const fresh = find(await this.#readOnce(), id);
        if (fresh !== undefined) return fresh;
      } catch (error) {
        // The issuer may be away for a while; what it once vouched for is still believed.
        if (known === undefined) throw error;
        return known;
      }
    }
    if (known !== undefined) return known;
    throw new InvalidToken(`there is no key ${id ?? 'without an id'} at ${this.#url.href}`);
  }

  #readOnce(): Promise<Keys> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #read(): Promise<Keys> {
    this.#readAtMs = this.#clock.monotonicMs();
    const text =
      this.#url.protocol === 'file:' ? await readFile(fileURLToPath(this.#url), 'utf8') : await this.#fetch();
    const { keys } = JSON.parse(text) as { readonly keys: readonly (JsonWebKey & { readonly kid?: string })[] };
    const usable = keys.flatMap((jwk): [string, KeyObject][] => {
      try {
        return [[jwk.kid ?? '', createPublicKey({ key: jwk, format: 'jwk' })]];
      } catch {
        // A key of a kind that Node does not know can't sign anything for us.
        return [];
      }
    });
    this.#keys = { byId: new Map(usable), only: usable.length === 1 ? usable[0]![1] : null };
    return this.#keys;
  }

  async #fetch(): Promise<string> {
    try {
      const response = await fetch(this.#url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
      if (!response.ok) throw new Error(`status ${response.status}`);
      const text = await response.text();
      if (text.length > KEYS_BYTES_MAX) throw new Error(`more than ${KEYS_BYTES_MAX} bytes`);
      return text;
    } catch (error) {
      throw new Error(`the keys at ${this.#url.href} can't be read: ${describeError(error)}`);
    }
  }
}

function find(keys: Keys, id: string | undefined): KeyObject | undefined {
  return (id === undefined ? keys.only : keys.byId.get(id)) ?? undefined;
}
