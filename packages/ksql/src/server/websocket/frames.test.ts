import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeFrame, FrameReader, OPCODE } from './frames.ts';

/** As a client sends it: with a mask. */
function clientFrame(opcode: number, payload: Uint8Array, mask: Uint8Array): Buffer {
  const plain = encodeFrame(opcode, payload);
  const headBytes = plain.length - payload.length;
  const head = Buffer.from(plain.subarray(0, headBytes));
  head[1]! |= 0x80;
  return Buffer.concat([head, mask, payload.map((byte, index) => byte ^ mask[index & 3]!)]);
}

test('frames are read as they were sent, wherever the network cuts them', () => {
  const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      payloads,
      fc.uint8Array({ minLength: 4, maxLength: 4 }),
      fc.integer({ min: 1, max: 40 }),
      (all, mask, step) => {
        const sent = Buffer.concat(all.map((payload) => clientFrame(OPCODE.text, payload, mask)));
        const reader = new FrameReader();
        const read: number[][] = [];
        for (let at = 0; at < sent.length; at += step) {
          for (const { payload } of reader.read(sent.subarray(at, at + step))) read.push([...payload]);
        }
        expect(read).toEqual(all.map((payload) => [...payload]));
      },
    ),
  );
});

test('lengths take as many bytes as they need', () => {
  expect(encodeFrame(OPCODE.text, Buffer.alloc(125)).length).toBe(127);
  expect(encodeFrame(OPCODE.text, Buffer.alloc(126)).length).toBe(130);
  expect(encodeFrame(OPCODE.text, Buffer.alloc(65_536)).length).toBe(65_546);
});

test('a frame without a mask, and one that is too large, are no frames of a client', () => {
  expect(() => [...new FrameReader().read(encodeFrame(OPCODE.text, Buffer.from('a')))]).toThrow('must mask');
  const large = clientFrame(OPCODE.text, Buffer.alloc(70_000), Buffer.alloc(4));
  expect(() => [...new FrameReader().read(large)]).toThrow('70000 bytes');
});
