import { partitionKey, type TopicPartition } from '../../lib/topic-partition.ts';
import type { FetcherSettings } from '../fetcher-settings.ts';
import { HeldPieces } from './held-pieces.ts';
import type { Reader } from './piece.ts';
import { type Patience, SharedPartition } from './shared-partition.ts';

/** How much is held for readers who lag behind others, over all partitions of a client, with what was made of it. */
const HELD_BYTES_MAX = 64 * 1024 * 1024;
const MEETING_MS_MAX = 1000;
/** Beyond the time that a broker may wait for records. */
const ANSWER_MS_MAX = 2000;

export type SharingLimits = { readonly heldBytesMax?: number } & Partial<Patience>;

/** The partitions that fetchers of one client read together. */
export class SharedReads {
  readonly #held: HeldPieces;
  readonly #limits: SharingLimits;
  readonly #partitions = new Map<string, SharedPartition>();

  constructor(limits: SharingLimits = {}) {
    this.#held = new HeldPieces(limits.heldBytesMax ?? HELD_BYTES_MAX);
    this.#limits = limits;
  }

  /** Bytes that are held for readers who lag behind. */
  get heldBytes(): number {
    return this.#held.bytes;
  }

  /** Makes a partition one of several readers; those who ask brokers in another way read another partition. */
  join(reader: Reader & TopicPartition, settings: FetcherSettings, nowMs: number): SharedPartition {
    const key = keyOf(reader, settings);
    let shared = this.#partitions.get(key);
    if (shared === undefined) {
      const { meetingMsMax = MEETING_MS_MAX, answerMsMax = settings.maxWaitMs + ANSWER_MS_MAX } = this.#limits;
      shared = new SharedPartition(this.#held, { meetingMsMax, answerMsMax });
      this.#partitions.set(key, shared);
    }
    shared.join(reader, nowMs);
    return shared;
  }

  leave(reader: Reader & TopicPartition, settings: FetcherSettings): void {
    const key = keyOf(reader, settings);
    const shared = this.#partitions.get(key)!;
    shared.leave(reader);
    if (!shared.hasReaders) this.#partitions.delete(key);
  }
}

function keyOf({ topic, partition }: TopicPartition, settings: FetcherSettings): string {
  const { isolationCode, minBytes, maxWaitMs, maxBytes, partitionMaxBytes, checkCrcs } = settings;
  const asking = [isolationCode, minBytes, maxWaitMs, maxBytes, partitionMaxBytes, checkCrcs].join('/');
  return `${asking}/${partitionKey(topic, partition)}`;
}
