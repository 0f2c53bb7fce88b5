import type { Random } from '@millrace/base';
import { boundOverload, overload, type ScalarFunction } from '../function.ts';
import { BYTES, STRING } from '../parameter.ts';
import { hexDigits } from '../support/encodings.ts';

const UUID_BYTES = 16;

function print(bytes: Uint8Array): string {
  const digits = hexDigits(bytes);
  const ends = [8, 12, 16, 20, 32];
  return ends.map((end, index) => digits.slice(index === 0 ? 0 : ends[index - 1], end)).join('-');
}

/** Version 4: random, with the version and variant bits in place. */
function randomBytes(random: Random): Uint8Array {
  const bytes = Uint8Array.from({ length: UUID_BYTES }, () => random.int(256));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes;
}

export const UUID: ScalarFunction = {
  kind: 'scalar',
  name: 'uuid',
  category: 'STRING',
  description: 'A new random UUID, or the UUID that sixteen bytes are.',
  overloads: [
    boundOverload({
      parameters: [],
      returns: STRING,
      bind: (_, context) => () => print(randomBytes(context.random)),
    }),
    overload({
      parameters: [BYTES],
      returns: STRING,
      evaluate: (bytes) => (bytes.length === UUID_BYTES ? print(bytes) : null),
    }),
  ],
  examples: [
    { call: 'LEN(UUID())', result: '36' },
    {
      call: "UUID(TO_BYTES('000102030405060708090a0b0c0d0e0f', 'hex'))",
      result: '00010203-0405-0607-0809-0a0b0c0d0e0f',
    },
  ],
};
