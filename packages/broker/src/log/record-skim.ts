import { BrokerError } from '../lib/broker-error.ts';

const WITHOUT_KEY = 'Compacted topic cannot accept message without key';

/** Some records of a batch are wrong by themselves: a producer is told which (KIP-467). */
export class InvalidRecords extends BrokerError {
  /** Their places in the batch. */
  readonly indexes: readonly number[];

  constructor(reason: string, indexes: readonly number[]) {
    super('INVALID_RECORD', `${reason} (${indexes.length} of the records)`);
    this.indexes = indexes;
  }
}

/** What a look over the records of a batch tells. */
export type RecordSkim = {
  /** Greatest timestamp relative to the batch's base timestamp; −∞ without records. */
  readonly timestampDeltaMax: number;
};

/**
 * Looks over the records of a batch without decoding them, and checks what the log relies on: that there are as many as
 * the header says, that their offsets are 0, 1, 2 …, that keys and values stay within their record, and that each has a
 * key where the topic is compacted.
 *
 * @throws BrokerError `INVALID_RECORD`
 */
export function skimRecords(bytes: Uint8Array, start: number, count: number, keysRequired: boolean): RecordSkim {
  const cursor = new VarintCursor(bytes, start);
  let timestampDeltaMax = Number.NEGATIVE_INFINITY;
  let withoutKey: number[] | null = null;
  for (let index = 0; index < count; index++) {
    const length = cursor.next();
    const end = cursor.at + length;
    if (length <= 0 || end > bytes.byteLength) throw invalidRecord(`record ${index} has an impossible size`);
    cursor.at += 1;
    const timestampDelta = cursor.next();
    if (timestampDelta > timestampDeltaMax) timestampDeltaMax = timestampDelta;
    if (cursor.next() !== index) throw invalidRecord(`record ${index} carries another offset`);
    const keyLength = cursor.next();
    if (keyLength < 0 && keysRequired) {
      withoutKey ??= [];
      withoutKey.push(index);
    }
    if (keyLength > 0) cursor.at += keyLength;
    const valueLength = cursor.next();
    if (valueLength > 0) cursor.at += valueLength;
    const headerCount = cursor.next();
    if (headerCount < 0 || cursor.at > end) throw invalidRecord(`record ${index} is longer than it says`);
    if (headerCount === 0 && cursor.at !== end) throw invalidRecord(`record ${index} is shorter than it says`);
    cursor.at = end;
  }
  if (cursor.at !== bytes.byteLength) throw invalidRecord(`the batch holds more than its ${count} records`);
  if (withoutKey !== null) throw new InvalidRecords(WITHOUT_KEY, withoutKey);
  return { timestampDeltaMax };
}

function invalidRecord(what: string): BrokerError {
  return new BrokerError('INVALID_RECORD', what);
}

/** Reads zigzag varints; a class so that position and bytes stay in registers without allocating per record. */
class VarintCursor {
  readonly bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  next(): number {
    const { bytes, at } = this;
    const first = bytes[at];
    if (first === undefined) throw invalidRecord('the records end too early');
    if (first < 0x80) {
      this.at = at + 1;
      return (first >>> 1) ^ -(first & 1);
    }
    // Sizes and offsets of most records take two bytes.
    const second = bytes[at + 1];
    if (second !== undefined && second < 0x80) {
      this.at = at + 2;
      const value = (first & 0x7f) | (second << 7);
      return (value >>> 1) ^ -(value & 1);
    }
    this.at = at + 1;
    return this.#long(first & 0x7f);
  }

  #long(lowest: number): number {
    let value = lowest;
    let scale = 128;
    for (let count = 1; count < 10; count++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw invalidRecord('the records end too early');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
      scale *= 128;
    }
    throw invalidRecord('a number of the records has more than ten bytes');
  }
}
