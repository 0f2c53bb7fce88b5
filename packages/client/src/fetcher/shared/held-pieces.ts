import { bytesBefore, type Piece } from './piece.ts';

/**
 * Pieces of all partitions that wait for readers who lag behind, up to a number of bytes: of the memory that they keep, as
 * the pieces of one answer are views of it, and of what was noted with them. Those go first whose next reader has the
 * longest way to come: so readers one behind the other share what fits, however far they are spread, and one who stands
 * still takes nothing from others.
 */
export class HeldPieces {
  readonly bytesMax: number;
  readonly #evictions = new Map<Piece, () => void>();
  /** How many pieces keep each piece of memory. */
  readonly #kept = new Map<ArrayBufferLike, number>();
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
    const { buffer } = piece.fetched.records;
    const count = this.#kept.get(buffer) ?? 0;
    this.#kept.set(buffer, count + 1);
    if (count === 0) this.#bytes += buffer.byteLength;
    this.#makeRoom();
  }

  /** What is kept with a piece has grown. */
  readonly grew = (piece: Piece, bytes: number): void => {
    if (!this.#evictions.has(piece)) return;
    this.#bytes += bytes;
    this.#makeRoom();
  };

  delete(piece: Piece): void {
    if (!this.#evictions.delete(piece)) return;
    this.#bytes -= piece.notesBytes;
    const { buffer } = piece.fetched.records;
    const count = this.#kept.get(buffer)! - 1;
    if (count > 0) {
      this.#kept.set(buffer, count);
      return;
    }
    this.#kept.delete(buffer);
    this.#bytes -= buffer.byteLength;
  }

  #makeRoom(): void {
    while (this.#bytes > this.bytesMax) this.#evict(this.#leastUseful());
  }

  #evict(piece: Piece): void {
    const onEvicted = this.#evictions.get(piece)!;
    this.delete(piece);
    onEvicted();
  }

  #leastUseful(): Piece {
    let least: Piece | undefined;
    let longestWay = -1;
    for (const piece of this.#evictions.keys()) {
      let way = Number.POSITIVE_INFINITY;
      for (const reader of piece.awaitedBy) way = Math.min(way, bytesBefore(piece, reader));
      if (way <= longestWay) continue;
      longestWay = way;
      least = piece;
    }
    return least!;
  }
}
