import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BufferPool } from '../lib/buffer-pool.ts';
import { FrameReader } from './frame-reader.ts';

function framed(bodies: readonly Uint8Array[]): Buffer {
  return Buffer.concat(
    bodies.flatMap((body) => {
      const size = Buffer.alloc(4);
      size.writeInt32BE(body.byteLength);
      return [size, body];
    }),
  );
}

test('however the network cuts them, frames come out as they were sent', () => {
  const body = fc.uint8Array({ minLength: 1, maxLength: 300 });
  const cuts = fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(body), cuts, (bodies, steps) => {
      const bytes = framed(bodies);
      const reader = new FrameReader(1000, new BufferPool());
      const seen: Buffer[] = [];
      for (let at = 0, step = 0; at < bytes.byteLength; step++) {
        const end = at + steps[step % steps.length]!;
        // A chunk belongs to the network again after the call.
        const chunk = Buffer.from(bytes.subarray(at, end));
        reader.push(chunk, (frame) => seen.push(Buffer.from(frame)));
        at = end;
      }
      expect(seen.map((frame) => [...frame])).toEqual(bodies.map((one) => [...one]));
    }),
  );
});

test('a frame larger than its first memory comes out whole', () => {
  const body = Buffer.alloc(3 * 1024 * 1024, 7);
  const bytes = framed([body]);
  const reader = new FrameReader(10 * 1024 * 1024, new BufferPool());
  let seen: Buffer | null = null;
  for (let at = 0; at < bytes.byteLength; at += 65_536) {
    reader.push(bytes.subarray(at, at + 65_536), (frame) => {
      seen = frame;
    });
  }
  expect(seen).not.toBe(null);
  expect(Buffer.compare(seen!, body)).toBe(0);
});

test.each([0, -1, 1001, 2 ** 31 - 1])(
  'a frame that says it has %d bytes is refused before any memory is taken',
  (size) => {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32BE(size);
    expect(() => new FrameReader(1000, new BufferPool()).push(bytes, () => {})).toThrow(
      expect.objectContaining({ code: 'INVALID_FRAME' }),
    );
  },
);
