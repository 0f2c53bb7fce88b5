import type { TopicPartition } from '../lib/topic-partition.ts';
import type { FetchedPartition, StartOffset } from './fetcher-options.ts';
import type { SharedPartition } from './shared/shared-partition.ts';

/** What a request asks of one partition; the epoch tells whether it is still wanted when the answer comes. */
export type Ask = TopicPartition & {
  readonly fetch: PartitionFetch;
  readonly epoch: number;
  readonly fetchOffset: number;
  /** Asked of a copy, not of the leader. */
  readonly isOfCopy: boolean;
};

/** One assigned partition: where it stands and what was fetched for it. */
export class PartitionFetch {
  readonly topic: string;
  readonly partition: number;
  /** Where other fetchers of the client read it, too. */
  shared: SharedPartition | undefined;
  isPaused = false;
  /** A request for it is on the way. */
  isInFlight = false;
  /** After a failure it is not asked for before this time. */
  notBeforeMs = 0;
  failureCount = 0;
  /** Its position is outside the log and the owner has to say where to go on. */
  isStuck = false;
  /** Raised by each seek, so that answers to what was asked before are recognised. */
  #epoch = 0;
  #start: StartOffset;
  #fetchOffset: number | undefined;
  #position: number | undefined;
  /** Of the leader that wrote what lies before `fetchOffset`; −1 where that is not known. */
  #fetchedEpoch = -1;
  /** Of the newest leader whose log is known to agree with what was fetched. */
  #checkedEpoch = -1;
  /** A copy that its leader has named as the nearer one, and until when. */
  #copy: { readonly nodeId: number; readonly untilMs: number } | null = null;
  #hasMore = true;
  #buffered: FetchedPartition[] = [];
  #bufferedBytes = 0;

  constructor(topic: string, partition: number, start: StartOffset) {
    this.topic = topic;
    this.partition = partition;
    this.#start = start;
    this.seek(start);
  }

  get epoch(): number {
    return this.#epoch;
  }

  /** Where it was told to begin, when that is not an offset yet. */
  get start(): StartOffset {
    return this.#start;
  }

  /** The next offset to ask for; undefined until it was looked up. */
  get fetchOffset(): number | undefined {
    return this.#fetchOffset;
  }

  /** The offset after what the owner was given. */
  get position(): number | undefined {
    return this.#position;
  }

  /** Whether more records may lie on the broker, by its last answer or because there was none yet. */
  get hasMore(): boolean {
    return this.#hasMore;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  get fetchedEpoch(): number {
    return this.#fetchedEpoch;
  }

  /**
   * Whether a leader came after those of whom is known that what was fetched is in their logs. He may never have had it:
   * the log may have been cut, and written on with other records (KIP-320).
   */
  isUncertain(leaderEpoch: number): boolean {
    return this.#fetchedEpoch >= 0 && leaderEpoch > this.#fetchedEpoch && leaderEpoch > this.#checkedEpoch;
  }

  /** This leader's log agrees with what was fetched, as far as he can tell. */
  checked(leaderEpoch: number): void {
    this.#checkedEpoch = leaderEpoch;
  }

  /** The node of a copy to read from, rather than from the leader (KIP-392). */
  copyAt(nowMs: number): number | null {
    if (this.#copy !== null && nowMs >= this.#copy.untilMs) this.#copy = null;
    return this.#copy?.nodeId ?? null;
  }

  /** After that time the leader is asked again which copy it should be. */
  readFromCopy(nodeId: number, untilMs: number): void {
    this.#copy = { nodeId, untilMs };
  }

  readFromLeader(): void {
    this.#copy = null;
  }

  /** To be asked for at where it stands, which is known. */
  ask(): Ask {
    const { topic, partition } = this;
    const isOfCopy = this.#copy !== null;
    return { topic, partition, fetch: this, epoch: this.#epoch, fetchOffset: this.#fetchOffset!, isOfCopy };
  }

  /** Drops what was fetched and begins elsewhere. */
  seek(start: StartOffset): void {
    this.#epoch++;
    this.#start = start;
    this.#buffered = [];
    this.#bufferedBytes = 0;
    this.#hasMore = true;
    this.isStuck = false;
    this.notBeforeMs = 0;
    this.#fetchOffset = typeof start === 'number' ? start : undefined;
    this.#position = this.#fetchOffset;
    this.#fetchedEpoch = -1;
  }

  /** The offset that `start` stands for is known now. */
  resolve(offset: number): void {
    this.#fetchOffset = offset;
    this.#position = offset;
  }

  add(fetched: FetchedPartition): void {
    this.#buffered.push(fetched);
    this.#bufferedBytes += fetched.records.length;
    this.#fetchOffset = fetched.nextOffset;
    this.#fetchedEpoch = fetched.leaderEpoch;
    this.#hasMore = fetched.nextOffset < fetched.highWatermark;
  }

  /** The broker had nothing. */
  foundNothing(): void {
    this.#hasMore = false;
  }

  /** Hands over what was fetched. */
  take(): readonly FetchedPartition[] {
    const taken = this.#buffered;
    if (taken.length === 0) return taken;
    this.#buffered = [];
    this.#bufferedBytes = 0;
    this.#position = taken.at(-1)!.nextOffset;
    return taken;
  }
}
