import type { Serde } from '../serdes/serde.ts';
import { decodeHeld, encodeHeld, type HeldContext, packParts, unpackParts } from './held-context.ts';

/** A change that a suppression holds back. */
export type HeldChange = {
  /** What it waits by: the time of the key's first held change, or its window's end. */
  readonly time: number;
  /** The value that downstream knows. */
  readonly prior: unknown;
  readonly old: unknown;
  readonly new: unknown;
  readonly context: HeldContext;
};

const TIME_SIZE = 8;

export function heldChangeSerde(inner: Serde<unknown>): Serde<HeldChange> {
  return {
    name: `held-change(${inner.name})`,
    serialize(held, topic) {
      const time = new Uint8Array(TIME_SIZE);
      new DataView(time.buffer).setFloat64(0, held.time);
      const part = (value: unknown) => (value === null ? null : inner.serialize(value, topic));
      return packParts([time, part(held.prior), part(held.old), part(held.new), encodeHeld(held.context)]);
    },
    deserialize(bytes, topic) {
      const [time, prior, old, next, context] = unpackParts(bytes);
      const value = (part: Uint8Array | null | undefined) =>
        part === null || part === undefined ? null : inner.deserialize(part, topic);
      return {
        time: new DataView(time!.buffer, time!.byteOffset).getFloat64(0),
        prior: value(prior),
        old: value(old),
        new: value(next),
        context: decodeHeld(context!),
      };
    },
  };
}
