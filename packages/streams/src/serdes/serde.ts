/**
 * Turns values into bytes and back. Both sides are synchronous: what needs the network (schema ids) is resolved before
 * a record is processed. `null` is written as Kafka's null and never reaches a serde.
 */
export interface Serde<T> {
  /** A short name for messages and reports, such as `string` or `json`. */
  readonly name: string;
  serialize(value: T, topic: string): Uint8Array;
  /** The result must not share memory with `bytes` unless the serde's documentation says so. */
  deserialize(bytes: Uint8Array, topic: string): T;
}
