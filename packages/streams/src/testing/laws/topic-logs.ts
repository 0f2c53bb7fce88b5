import { partitionForKey } from '@millrace/protocol';
import type { Header } from '../../state/record-context.ts';
import type { RawRecord } from '../../task/raw-records.ts';

/** Where a record was appended. */
export type Appended = { readonly topic: string; readonly partition: number; readonly record: RawRecord };

/** The topics of a run, all of one partition count: what a broker would hold. */
export class TopicLogs {
  readonly partitions: number;
  readonly #logs = new Map<string, RawRecord[][]>();
  #size = 0;

  constructor(partitions: number) {
    this.partitions = partitions;
  }

  /** Records in all topics. */
  get size(): number {
    return this.#size;
  }

  get topics(): IterableIterator<string> {
    return this.#logs.keys();
  }

  /** Null as partition: by the key's hash, as Kafka's clients do; without a key the first. */
  append(
    topic: string,
    partition: number | null,
    key: Uint8Array | null,
    value: Uint8Array | null,
    timestamp: number,
    headers: readonly Header[],
  ): Appended {
    const chosen = partition ?? this.partitionOf(key);
    const log = this.#partitionsOf(topic)[chosen]!;
    const record = { offset: log.length, timestamp, key, value, headers };
    log.push(record);
    this.#size++;
    return { topic, partition: chosen, record };
  }

  partitionOf(key: Uint8Array | null): number {
    return key === null ? 0 : partitionForKey(key, this.partitions);
  }

  read(topic: string, partition: number): readonly RawRecord[] {
    return this.#logs.get(topic)?.[partition] ?? [];
  }

  /** All partitions, one behind the other. */
  readAll(topic: string): readonly RawRecord[] {
    return this.#logs.get(topic)?.flat() ?? [];
  }

  #partitionsOf(topic: string): RawRecord[][] {
    let log = this.#logs.get(topic);
    if (log === undefined) {
      log = Array.from({ length: this.partitions }, () => []);
      this.#logs.set(topic, log);
    }
    return log;
  }
}

/** As a compacted topic ends up: the last record of each key. */
export function compacted(records: readonly RawRecord[]): RawRecord[] {
  const last = new Map<string, RawRecord>();
  for (const record of records) {
    if (record.key === null) continue;
    const key = Buffer.from(record.key).toString('latin1');
    last.delete(key);
    last.set(key, record);
  }
  return [...last.values()];
}
