import { illegalState } from '../errors.ts';
import type { Serde } from '../serdes/serde.ts';
import type { ProducedQueue } from './produced-log.ts';
import type { ProducedRecord, TestRecord } from './produced-record.ts';

type TestOutputTopicParts<K, V> = {
  readonly topic: string;
  readonly keySerde: Serde<K>;
  readonly valueSerde: Serde<V>;
};

/** Reads what the topology has sent to a topic, in its order. */
export class TestOutputTopic<K, V> {
  readonly #parts: TestOutputTopicParts<K, V>;
  readonly #queue: ProducedQueue;

  /** @internal Comes from `TopologyTestDriver#createOutputTopic`. */
  constructor(parts: TestOutputTopicParts<K, V>, queue: ProducedQueue) {
    this.#parts = parts;
    this.#queue = queue;
  }

  get isEmpty(): boolean {
    return this.#queue.size === 0;
  }

  get queueSize(): number {
    return this.#queue.size;
  }

  /** @throws StreamsError `INVALID_STATE` if there is none */
  readRecord(): TestRecord<K, V> {
    const record = this.#queue.take();
    if (record === undefined) throw illegalState(`topic ${this.#parts.topic} has no more records`);
    return this.#decoded(record);
  }

  readKeyValue(): readonly [K | null, V | null] {
    const { key, value } = this.readRecord();
    return [key, value];
  }

  readValue(): V | null {
    return this.readRecord().value;
  }

  readRecordsToList(): TestRecord<K, V>[] {
    return this.#queue.takeAll().map((record) => this.#decoded(record));
  }

  readKeyValuesToList(): (readonly [K | null, V | null])[] {
    return this.readRecordsToList().map(({ key, value }) => [key, value]);
  }

  /** The last value of each key. */
  readKeyValuesToMap(): Map<K | null, V | null> {
    return new Map(this.readKeyValuesToList());
  }

  #decoded({ key, value, timestamp, headers }: ProducedRecord): TestRecord<K, V> {
    const { topic, keySerde, valueSerde } = this.#parts;
    return {
      key: key === null ? null : keySerde.deserialize(key, topic),
      value: value === null ? null : valueSerde.deserialize(value, topic),
      timestamp,
      headers,
    };
  }
}
