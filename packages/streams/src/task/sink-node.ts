import type { SinkSpec } from '../topology/node-specs.ts';
import { RunningNode } from '../topology/running-node.ts';
import type { RecordCollector } from './record-collector.ts';

/** What of writing a record went wrong. */
export type SinkStep = 'serialize' | 'send';

type SinkNodeOptions = {
  readonly spec: SinkSpec;
  readonly collector: RecordCollector;
  /** A topic as the topology calls it → as the brokers do. */
  readonly realTopic: (topic: string) => string;
  /** Decides about a record that cannot be written: throws, or returns to go on. */
  readonly unwritable: (node: SinkNode, error: unknown, topic: string, step: SinkStep) => void;
};

/** The end of a way through the topology: writes records to a topic. */
export class SinkNode extends RunningNode {
  readonly #options: SinkNodeOptions;
  readonly #topic: string | null;

  constructor(options: SinkNodeOptions) {
    super(options.spec.name);
    this.#options = options;
    const { topic } = options.spec;
    this.#topic = typeof topic === 'string' ? options.realTopic(topic) : null;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    const { spec, collector, realTopic } = this.#options;
    const { record } = this.context;
    let topic = this.#topic;
    if (topic === null) {
      const choose = spec.topic as Exclude<SinkSpec['topic'], string>;
      topic = realTopic(choose(key, value, record));
    }
    let keyBytes: Uint8Array | null;
    let valueBytes: Uint8Array | null;
    try {
      keyBytes = key === null || key === undefined ? null : spec.keySerde.serialize(key, topic);
      valueBytes = value === null || value === undefined ? null : spec.valueSerde.serialize(value, topic);
    } catch (error) {
      this.#options.unwritable(this, error, topic, 'serialize');
      return;
    }
    const partition = this.#partition(topic, key, value);
    try {
      collector.append(topic, partition, keyBytes, valueBytes, timestamp, record.headers);
    } catch (error) {
      this.#options.unwritable(this, error, topic, 'send');
    }
  }

  #partition(topic: string, key: unknown, value: unknown): number | null {
    const { partitioner } = this.#options.spec;
    if (partitioner === null) return null;
    const count = this.#options.collector.partitionCount(topic);
    return count === null ? null : (partitioner(topic, key, value, count) ?? null);
  }
}
