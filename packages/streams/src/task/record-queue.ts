import { StreamsError } from '../errors.ts';
import type { ExtractableRecord, SourceSpec, TimestampExtractor } from '../topology/node-specs.ts';
import type { RunningNode } from '../topology/running-node.ts';
import type { RawRecord, RawRecords } from './raw-records.ts';

/** A record that can be processed. */
export type ReadyRecord = {
  readonly key: unknown;
  readonly value: unknown;
  readonly timestamp: number;
  readonly raw: RawRecord;
};

export type RecordQueueOptions = {
  /** As it is called on the brokers. */
  readonly topic: string;
  readonly partition: number;
  readonly spec: SourceSpec;
  readonly node: RunningNode;
  /** The highest timestamp processed before, from the committed metadata; -1 if there is none. */
  readonly partitionTimeMs: number;
  /** Null takes the record's own. */
  readonly extractTimestamp: TimestampExtractor | null;
  /** A record that cannot be read: throws, or returns to skip it. */
  readonly unreadable: (queue: RecordQueue, raw: RawRecord, error: unknown) => void;
  /** A record that its extractor gave no time. */
  readonly skipped: (queue: RecordQueue, raw: RawRecord, timestamp: number) => void;
};

/**
 * The records of one input partition, in their order. Only the head is decoded and has its timestamp: what waits
 * behind it costs nothing yet, and an extractor sees the partition time as of the record before.
 */
export class RecordQueue {
  readonly options: RecordQueueOptions;
  readonly #waiting: RawRecords[] = [];
  #head: ReadyRecord | null = null;
  #buffered = 0;
  #partitionTimeMs: number;
  #nextOffset: number | null = null;

  constructor(options: RecordQueueOptions) {
    this.options = options;
    this.#partitionTimeMs = options.partitionTimeMs;
  }

  get head(): ReadyRecord | null {
    return this.#head;
  }

  /** Records in the queue, the head included. */
  get size(): number {
    return this.#buffered + (this.#head === null ? 0 : 1);
  }

  get partitionTimeMs(): number {
    return this.#partitionTimeMs;
  }

  /** The offset behind the last record that was processed or skipped; null before the first. */
  get nextOffset(): number | null {
    return this.#nextOffset;
  }

  add(records: RawRecords): void {
    this.#waiting.push(records);
    this.#buffered += records.remaining;
    if (this.#head === null) this.#advance();
  }

  /** Takes the head out. */
  take(): ReadyRecord {
    const head = this.#head!;
    this.#partitionTimeMs = Math.max(this.#partitionTimeMs, head.timestamp);
    this.#nextOffset = head.raw.offset + 1;
    this.#head = null;
    return head;
  }

  /** Decodes the next record that can be processed; called once the taken one is done with. */
  advance(): void {
    if (this.#head === null) this.#advance();
  }

  #advance(): void {
    for (let raw = this.#nextRaw(); raw !== null; raw = this.#nextRaw()) {
      const ready = this.#ready(raw);
      if (ready !== null) {
        this.#head = ready;
        return;
      }
      this.#nextOffset = raw.offset + 1;
    }
  }

  #nextRaw(): RawRecord | null {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const before = first.remaining;
      const raw = first.next();
      this.#buffered -= before - first.remaining;
      if (raw !== null) return raw;
      this.#buffered -= first.remaining;
      this.#waiting.shift();
    }
    return null;
  }

  #ready(raw: RawRecord): ReadyRecord | null {
    const { spec, topic, partition, extractTimestamp } = this.options;
    let key: unknown;
    let value: unknown;
    try {
      key = raw.key === null ? null : spec.keySerde.deserialize(raw.key, topic);
      value = raw.value === null ? null : spec.valueSerde.deserialize(raw.value, topic);
    } catch (error) {
      this.options.unreadable(this, raw, error);
      return null;
    }
    let { timestamp } = raw;
    if (extractTimestamp !== null) {
      const extractable = { topic, partition, offset: raw.offset, timestamp, key, value };
      timestamp = this.#extracted(extractTimestamp, extractable);
    }
    if (timestamp >= 0) return { key, value, timestamp, raw };
    this.options.skipped(this, raw, timestamp);
    return null;
  }

  #extracted(extract: TimestampExtractor, record: ExtractableRecord): number {
    try {
      return extract(record, this.#partitionTimeMs);
    } catch (cause) {
      const { topic, partition, offset } = record;
      throw new StreamsError(
        'STREAMS_FAILED',
        `Fatal user code error in TimestampExtractor callback for record ${topic}:${partition}@${offset}.`,
        { cause, context: { topic, partition, offset } },
      );
    }
  }
}
