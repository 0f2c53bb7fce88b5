import { writeUint32 } from '../../lib/int64.ts';
import type { Serde } from '../../serdes/serde.ts';

const LENGTH_SIZE = 4;

/**
 * Keys of the subscription store: the length of the foreign key, the foreign key, the primary key. So the subscribers
 * of one foreign key stand together, and no foreign key is the prefix of another. (Kafka Streams: CombinedKeySchema.)
 */
export class CombinedKeys {
  readonly #foreignKeySerde: Serde<unknown>;
  readonly #primaryKeySerde: Serde<unknown>;

  constructor(foreignKeySerde: Serde<unknown>, primaryKeySerde: Serde<unknown>) {
    this.#foreignKeySerde = foreignKeySerde;
    this.#primaryKeySerde = primaryKeySerde;
  }

  of(foreignKey: unknown, primaryKey: unknown, topic: string): Uint8Array {
    return this.#joined(foreignKey, this.#primaryKeySerde.serialize(primaryKey, topic), topic);
  }

  /** What all keys of one foreign key begin with. */
  prefixOf(foreignKey: unknown, topic: string): Uint8Array {
    return this.#joined(foreignKey, NO_BYTES, topic);
  }

  #joined(foreignKey: unknown, rest: Uint8Array, topic: string): Uint8Array {
    const foreign = this.#foreignKeySerde.serialize(foreignKey, topic);
    const bytes = new Uint8Array(LENGTH_SIZE + foreign.length + rest.length);
    writeUint32(bytes, 0, foreign.length);
    bytes.set(foreign, LENGTH_SIZE);
    bytes.set(rest, LENGTH_SIZE + foreign.length);
    return bytes;
  }
}

const NO_BYTES = new Uint8Array(0);
