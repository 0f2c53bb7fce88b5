import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameParser } from './frame-parser.ts';

function frame(bytes: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bytes.length);
  return Buffer.concat([size, bytes]);
}

test('frames come out whole and in order, however the stream is cut', () => {
  const input = fc.record({
    frames: fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 10 }),
    cuts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 50 }),
  });
  fc.assert(
    fc.property(input, ({ frames, cuts }) => {
      const stream = Buffer.concat(frames.map(frame));
      const seen: string[] = [];
      const parser = new FrameParser((bytes) => seen.push(Buffer.from(bytes).toString('hex')));
      for (let at = 0, turn = 0; at < stream.length; turn++) {
        const end = at + cuts[turn % cuts.length]!;
        parser.push(stream.subarray(at, end));
        at = end;
      }
      expect(seen).toEqual(frames.map((bytes) => Buffer.from(bytes).toString('hex')));
    }),
  );
});

test('a size that no broker would send ends the stream before memory is taken for it', () => {
  const parser = new FrameParser(() => {});
  // "HTTP/1.1 400": what a web server says to a Kafka client.
  expect(() => parser.push(Buffer.from('HTTP/1.1 400'))).toThrow(expect.objectContaining({ code: 'CORRUPT_MESSAGE' }));
});
