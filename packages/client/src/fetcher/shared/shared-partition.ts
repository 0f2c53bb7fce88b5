import type { FetchedPartition } from '../fetcher-options.ts';
import type { HeldPieces } from './held-pieces.ts';
import { bytesBefore, type LogEnds, Piece, type Reader } from './piece.ts';

/** A request for a partition that is on its way, and for whom. */
export type Asked = { readonly fetch: Reader; readonly fetchOffset: number };

export type Patience = {
  /** How long those who are ahead let one who begins come to them. */
  readonly meetingMsMax: number;
  /** How long others wait for the answer to a request; then they ask for themselves. */
  readonly answerMsMax: number;
};

/** How often is looked whether others have come to who lets them come. */
const MEETING_LOOK_MS = 5;

/**
 * A partition that several fetchers read, each at its own pace. Nobody leads: whoever needs what is neither here nor on
 * its way asks the broker, and whoever comes to the same offset, or to one inside, meanwhile or later, is given the same
 * bytes. What others have yet to come to is held for them while there is room; without it they ask for themselves.
 */
export class SharedPartition {
  readonly #held: HeldPieces;
  readonly #patience: Patience;
  /** Since when each has been here. */
  readonly #readers = new Map<Reader, number>();
  /** Who waits for an answer to somebody else, and how to wake him. */
  readonly #waiting = new Map<Reader, () => void>();
  readonly #coming = new Map<number, { readonly asked: Asked; readonly sinceMs: number }>();
  readonly #pieces = new Set<Piece>();
  #topicId = '';
  #bytesPerOffset = 0;
  #ends: LogEnds = { highWatermark: -1, lastStableOffset: -1, logStartOffset: -1 };

  constructor(held: HeldPieces, patience: Patience) {
    this.#held = held;
    this.#patience = patience;
  }

  get hasReaders(): boolean {
    return this.#readers.size > 0;
  }

  join(reader: Reader, nowMs: number): void {
    this.#readers.set(reader, nowMs);
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
    this.#waiting.delete(reader);
    for (const piece of this.#pieces) this.#release(piece, reader);
  }

  /** Has to be told of each change of a reader's position. */
  moved(reader: Reader): void {
    for (const piece of this.#pieces) if (!isBehind(reader, piece)) this.#release(piece, reader);
  }

  /**
   * What a reader goes on with. A time where it has to wait: until `wake` is called, or then, it has to look again. It waits
   * for what is on its way, and for others who come to where it is. Undefined when it has to ask for itself. A topic that
   * was made anew under its name is another one.
   */
  supply(
    reader: Reader,
    { topicId, nowMs, wake }: { readonly topicId: string; readonly nowMs: number; readonly wake: () => void },
  ): FetchedPartition | number | undefined {
    const offset = reader.fetchOffset;
    if (topicId !== this.#topicId || offset === undefined) return undefined;
    if (this.#letsOthersCome(offset, nowMs)) return nowMs + MEETING_LOOK_MS;
    const piece = this.#pieceAt(offset);
    if (piece !== undefined) return piece.givenFrom(offset, this.#ends);
    const untilMs = (this.#coming.get(offset)?.sinceMs ?? Number.NEGATIVE_INFINITY) + this.#patience.answerMsMax;
    if (untilMs <= nowMs) return undefined;
    this.#waiting.set(reader, wake);
    return untilMs;
  }

  /** A request for a partition goes out. */
  asked(asked: Asked, topicId: string, nowMs: number): void {
    if (topicId !== this.#topicId) this.forget();
    this.#topicId = topicId;
    this.#coming.set(asked.fetchOffset, { asked, sinceMs: nowMs });
  }

  /** What came is there for all now; gives it as the reader has it who asked, and takes it. */
  answered(asked: Asked, ends: LogEnds, fetched: FetchedPartition | undefined): FetchedPartition | undefined {
    if (!this.#isAwaited(asked)) return fetched;
    const { highWatermark, lastStableOffset, logStartOffset } = ends;
    this.#ends = { highWatermark, lastStableOffset, logStartOffset };
    if (fetched !== undefined) this.#bytesPerOffset = fetched.records.length / (fetched.nextOffset - asked.fetchOffset);
    if (fetched === undefined || this.#readers.size === 1) return fetched;
    const piece = new Piece(fetched, this.#held.grew);
    return this.#hold(piece, asked.fetch) ? { ...fetched, shared: piece } : fetched;
  }

  /** A request is over: who waited for it looks again. */
  ended(asked: Asked): void {
    if (!this.#isAwaited(asked)) return;
    this.#coming.delete(asked.fetchOffset);
    this.#wake(asked.fetchOffset);
  }

  /** The log may not be what it was: nothing that was read of it goes to anybody else. */
  forget(): void {
    for (const piece of this.#pieces) this.#drop(piece);
    this.#coming.clear();
    this.#wake();
  }

  /** Whether a request is still the one that others wait for. */
  #isAwaited(asked: Asked): boolean {
    return this.#coming.get(asked.fetchOffset)?.asked === asked;
  }

  /**
   * Whether a reader who is here lets one who has just begun come to it: together they go on at the price of one. Never for
   * long, and not when there is less before it than behind it: at the end of a log nobody waits.
   */
  #letsOthersCome(offset: number, nowMs: number): boolean {
    const left = this.#ends.highWatermark - offset;
    const wayMax = Math.min(left, this.#held.bytesMax / this.#bytesPerOffset);
    for (const [{ fetchOffset }, joinedMs] of this.#readers) {
      if (fetchOffset === undefined || nowMs - joinedMs >= this.#patience.meetingMsMax) continue;
      const way = offset - fetchOffset;
      if (way > 0 && way < wayMax) return true;
    }
    return false;
  }

  #pieceAt(offset: number): Piece | undefined {
    let best: Piece | undefined;
    for (const piece of this.#pieces) {
      if (offset < piece.fromOffset || offset >= piece.fetched.nextOffset) continue;
      if (best === undefined || piece.fetched.nextOffset > best.fetched.nextOffset) best = piece;
    }
    return best;
  }

  /** Whether anybody else comes to a piece: it is held then, if there is room. */
  #hold(piece: Piece, owner: Reader): boolean {
    for (const reader of this.#readers.keys()) {
      if (reader === owner || !isBehind(reader, piece)) continue;
      // Who has a longer way than there is room for can not be waited for.
      if (bytesBefore(piece, reader) < this.#held.bytesMax) piece.awaitedBy.add(reader);
    }
    if (piece.awaitedBy.size === 0) return false;
    this.#pieces.add(piece);
    this.#held.add(piece, () => this.#evicted(piece));
    return true;
  }

  #evicted(piece: Piece): void {
    this.#pieces.delete(piece);
    piece.awaitedBy.clear();
  }

  #release(piece: Piece, reader: Reader): void {
    if (piece.awaitedBy.delete(reader) && piece.awaitedBy.size === 0) this.#drop(piece);
  }

  #drop(piece: Piece): void {
    this.#evicted(piece);
    this.#held.delete(piece);
  }

  /** Those who wait for the answer to this request, or all. */
  #wake(offset?: number): void {
    for (const [reader, wake] of [...this.#waiting]) {
      if (offset !== undefined && reader.fetchOffset !== offset) continue;
      this.#waiting.delete(reader);
      wake();
    }
  }
}

function isBehind({ fetchOffset }: Reader, { fetched }: Piece): boolean {
  return fetchOffset !== undefined && fetchOffset < fetched.nextOffset;
}
