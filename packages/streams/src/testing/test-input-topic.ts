import type { Clock } from '@millrace/base';
import type { Serde } from '../serdes/serde.ts';
import { NO_HEADERS } from '../state/record-context.ts';
import type { ProducedRecord, TestRecord } from './produced-record.ts';

type TestInputTopicParts<K, V> = {
  readonly topic: string;
  readonly keySerde: Serde<K>;
  readonly valueSerde: Serde<V>;
  readonly clock: Clock;
};

/** Pipes records of a test into a topic. A record without a timestamp gets the driver's wall-clock time. */
export class TestInputTopic<K, V> {
  readonly #parts: TestInputTopicParts<K, V>;
  readonly #pipe: (record: ProducedRecord) => void;

  /** @internal Comes from `TopologyTestDriver#createInputTopic`. */
  constructor(parts: TestInputTopicParts<K, V>, pipe: (record: ProducedRecord) => void) {
    this.#parts = parts;
    this.#pipe = pipe;
  }

  pipeInput(key: K | null, value: V | null, timestamp?: number): void {
    this.pipe({ key, value, ...(timestamp === undefined ? {} : { timestamp }) });
  }

  pipe(record: Pick<TestRecord<K, V>, 'key' | 'value'> & Partial<TestRecord<K, V>>): void {
    const { topic, keySerde, valueSerde, clock } = this.#parts;
    const { key, value, timestamp = clock.wallMs(), headers = NO_HEADERS } = record;
    this.#pipe({
      topic,
      key: key === null ? null : keySerde.serialize(key, topic),
      value: value === null ? null : valueSerde.serialize(value, topic),
      timestamp,
      // A record's own, as if it had been read: what a processor does to them stays with this record.
      headers: [...headers],
    });
  }
}
