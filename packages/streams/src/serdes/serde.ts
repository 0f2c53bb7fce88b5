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
  /**
   * The same for `bytes[start, end)`: a serde that has it is spared an array for each key and value of a batch, and for
   * each row that carries something else, too.
   */
  deserializeAt?(bytes: Uint8Array, start: number, end: number, topic: string): T;
  /**
   * What a cache may keep of a value in place of its bytes, and {@link fromPlain} makes into exactly what the bytes would
   * read as. Without it, or where it gives null, the bytes are kept.
   */
  toPlain?(value: T): Plain | null;
  /** Whether nobody changes a value once it is made, so that the same object always has the same bytes. */
  readonly unchanging?: boolean;
  /**
   * Of records that several applications are given, one may read for all whose serdes say the same here: see
   * {@link ReadingForAll}. Without it each reads for itself. Asked once for each stretch of records.
   */
  forAll?(): ReadingForAll<T>;
  /** Default: the value is its own plain form. */
  fromPlain?(plain: Plain): T;
}

/** How one application reads for others, too. */
export type ReadingForAll<T> = {
  /** Serdes with the same text read what serves all of them from the same bytes, and nobody changes what they read. */
  readonly as: string;
  /** What can't be read by this one is left to each application's own serde, which tells why. */
  readonly serde: Serde<T>;
};

/** What nobody can change, or of an array: nobody does. */
export type Plain = string | number | bigint | boolean | readonly unknown[];

/** By the serde's own `deserializeAt`, or by a view. */
export function deserializeAt<T>(serde: Serde<T>, bytes: Uint8Array, start: number, end: number, topic: string): T {
  return serde.deserializeAt === undefined
    ? serde.deserialize(bytes.subarray(start, end), topic)
    : serde.deserializeAt(bytes, start, end, topic);
}
