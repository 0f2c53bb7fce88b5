import type { Piece } from './piece.ts';

/** Pieces of all partitions that wait for readers who lag behind, up to a number of bytes; the oldest go first. */
export class HeldPieces {
  readonly bytesMax: number;
  readonly #evictions = new Map<Piece, () => void>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Holds a piece; `onEvicted` is called when there is no room for it any more. */
  add(piece: Piece, onEvicted: () => void): void {
    this.#evictions.set(piece, onEvicted);
    this.#bytes += piece.fetched.records.length;
    for (const [oldest, evict] of this.#evictions) {
      if (this.#bytes <= this.bytesMax) return;
      this.delete(oldest);
      evict();
    }
  }

  delete(piece: Piece): void {
    if (this.#evictions.delete(piece)) this.#bytes -= piece.fetched.records.length;
  }
}
