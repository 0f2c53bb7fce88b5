import { compareBytes } from '../../lib/bytes.ts';
import type { Cursor } from '../../lib/ordered-map.ts';

/**
 * What one sees through two layers: the upper one's rows hide the lower one's of the same key, and its nulls, which
 * are deletions, hide them without showing anything.
 */
export class OverlayCursor implements Cursor<Uint8Array> {
  readonly #upper: Cursor<Uint8Array | null>;
  readonly #lower: Cursor<Uint8Array>;
  readonly #sign: 1 | -1;
  #hasUpper: boolean;
  #hasLower: boolean;
  #current: Cursor<Uint8Array | null> | null = null;

  constructor(upper: Cursor<Uint8Array | null>, lower: Cursor<Uint8Array>, reverse: boolean) {
    this.#upper = upper;
    this.#lower = lower;
    this.#sign = reverse ? -1 : 1;
    this.#hasUpper = upper.next();
    this.#hasLower = lower.next();
  }

  get key(): Uint8Array {
    return this.#current!.key;
  }

  get value(): Uint8Array {
    return this.#current!.value!;
  }

  next(): boolean {
    this.#leaveCurrent();
    for (;;) {
      if (!this.#hasUpper && !this.#hasLower) return false;
      const order = this.#order();
      if (order > 0) {
        this.#current = this.#lower;
        return true;
      }
      if (order === 0) this.#hasLower = this.#lower.next();
      if (this.#upper.value !== null) {
        this.#current = this.#upper;
        return true;
      }
      this.#hasUpper = this.#upper.next();
    }
  }

  close(): void {
    this.#upper.close();
    this.#lower.close();
    this.#hasUpper = false;
    this.#hasLower = false;
    this.#current = null;
  }

  /** The row shown last is left only now, since its key and value are read from the cursor itself. */
  #leaveCurrent(): void {
    if (this.#current === this.#upper) this.#hasUpper = this.#upper.next();
    else if (this.#current === this.#lower) this.#hasLower = this.#lower.next();
    this.#current = null;
  }

  /** Negative when the upper row comes first, zero when both have the same key. */
  #order(): number {
    if (!this.#hasLower) return -1;
    if (!this.#hasUpper) return 1;
    return this.#sign * compareBytes(this.#upper.key, this.#lower.key);
  }
}
