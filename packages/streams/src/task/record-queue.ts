import { StreamsError } from '../errors.ts';
import type { ExtractableRecord, SourceSpec, TimestampExtractor } from '../topology/node-specs.ts';
import type { RunningNode } from '../topology/running-node.ts';
import type { RawRecord, RawRecords } from './raw-records.ts';

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

/** A record that can be processed: the head of its queue. One object for each queue, filled anew for each record. */
export type ReadyRecord = {
  key: unknown;
  value: unknown;
  timestamp: number;
  /** The record as it came; it moves on with the queue. */
  raw: RawRecord;
};

/** Whether the head waits for its turn, is in process, or is not there. */
type HeadState = 'none' | 'ready' | 'taken';

/**
 * The records of one input partition, in their order. Only the head is decoded and has its timestamp: what waits
 * behind it costs nothing yet, and an extractor sees the partition time as of the record before.
 */
export class RecordQueue {
  readonly options: RecordQueueOptions;
  readonly #waiting: RawRecords[] = [];
  readonly #head: ReadyRecord = { key: null, value: null, timestamp: -1, raw: NO_RECORD };
  #headState: HeadState = 'none';
  #buffered = 0;
  #partitionTimeMs: number;
  #nextOffset: number | null = null;

  constructor(options: RecordQueueOptions) {
    this.options = options;
    this.#partitionTimeMs = options.partitionTimeMs;
  }

  /** Whether a record waits for its turn. */
  get isReady(): boolean {
    return this.#headState === 'ready';
  }

  /** The time of the record whose turn is next. */
  get headTimestamp(): number {
    return this.#head.timestamp;
  }

  /** Records in the queue, without the one in process. */
  get size(): number {
    return this.#buffered + (this.#headState === 'ready' ? 1 : 0);
  }

  get partitionTimeMs(): number {
    return this.#partitionTimeMs;
  }

  /** The offset behind what was processed or skipped; null before there was anything. */
  get nextOffset(): number | null {
    return this.#nextOffset;
  }

  add(records: RawRecords): void {
    this.#waiting.push(records);
    this.#buffered += records.remaining;
    if (this.#headState === 'none') this.#advance();
  }

  /** Takes the head out, which stays as it is until `advance`. */
  take(): ReadyRecord {
    const head = this.#head;
    if (head.timestamp > this.#partitionTimeMs) this.#partitionTimeMs = head.timestamp;
    this.#nextOffset = head.raw.offset + 1;
    this.#headState = 'taken';
    return head;
  }

  /** Decodes the next record that can be processed; called once the taken one is done with. */
  advance(): void {
    if (this.#headState === 'taken') this.#advance();
  }

  #advance(): void {
    this.#headState = 'none';
    for (let records = this.#nextRaw(); records !== null; records = this.#nextRaw()) {
      if (this.#makeReady(records)) {
        this.#headState = 'ready';
        return;
      }
      this.#nextOffset = records.offset + 1;
    }
  }

  /** The records of which the next one has its turn now. */
  #nextRaw(): RawRecords | null {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const before = first.remaining;
      const isThere = first.next();
      this.#buffered -= before - first.remaining;
      if (isThere) return first;
      this.#buffered -= first.remaining;
      this.#nextOffset = first.endOffset;
      this.#waiting.shift();
    }
    return null;
  }

  #makeReady(raw: RawRecords): boolean {
    const { spec, topic, partition, extractTimestamp } = this.options;
    const head = this.#head;
    try {
      head.key = raw.readKey(spec.keySerde, topic);
      head.value = raw.readValue(spec.valueSerde, topic);
    } catch (error) {
      this.options.unreadable(this, raw, error);
      return false;
    }
    let { timestamp } = raw;
    if (extractTimestamp !== null) {
      const extractable = { topic, partition, offset: raw.offset, timestamp, key: head.key, value: head.value };
      timestamp = this.#extracted(extractTimestamp, extractable);
    }
    if (timestamp < 0) {
      this.options.skipped(this, raw, timestamp);
      return false;
    }
    head.timestamp = timestamp;
    head.raw = raw;
    return true;
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

const NO_RECORD: RawRecord = { offset: -1, timestamp: -1, key: null, value: null, headers: [] };
