import type { Random } from '@millrace/base';
import { pick, randomBytes } from './random-message.ts';

const HEADER_BYTES = 8;
const EDGES_32 = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x00ffffff, 0x7f, 0x10000];
const EDGES_16 = [0, 1, 0x7fff, 0x8000, 0xffff];
const INSERTED_MAX = 20;

/** A frame without its size, changed as a broken or hostile client would. */
export function mutate(random: Random, frame: Buffer, other: Buffer): Buffer {
  let changed: Buffer = Buffer.from(frame);
  for (let changes = 1 + random.int(3); changes > 0; changes--) changed = mutateOnce(random, changed, other);
  return changed;
}

function mutateOnce(random: Random, frame: Buffer, other: Buffer): Buffer {
  if (frame.byteLength === 0) return randomBytes(random, 1 + random.int(INSERTED_MAX));
  // The header in front decides everything; what comes after it is where the code is.
  const at = Math.min(random.int(8) === 0 ? 0 : HEADER_BYTES, frame.byteLength - 1);
  const position = at + random.int(frame.byteLength - at);
  switch (random.int(9)) {
    case 0:
      frame[position] = frame[position]! ^ (1 << random.int(8));
      return frame;
    case 1:
      frame[position] = random.int(256);
      return frame;
    case 2:
      if (position + 4 <= frame.byteLength) frame.writeUInt32BE(pick(random, EDGES_32), position);
      return frame;
    case 3:
      if (position + 2 <= frame.byteLength) frame.writeUInt16BE(pick(random, EDGES_16), position);
      return frame;
    case 4:
      return frame.subarray(0, position);
    case 5:
      return Buffer.concat([frame, randomBytes(random, random.int(INSERTED_MAX))]);
    case 6:
      // The longest variable-length number, and one that is too long.
      return Buffer.concat([
        frame.subarray(0, position),
        Buffer.alloc(1 + random.int(10), 0xff),
        frame.subarray(position),
      ]);
    case 7: {
      const from = random.int(frame.byteLength);
      return Buffer.concat([frame.subarray(0, position), frame.subarray(from), frame.subarray(position)]).subarray(
        0,
        4_000,
      );
    }
    default:
      return Buffer.concat([frame.subarray(0, position), other.subarray(Math.min(position, other.byteLength))]);
  }
}
