import type { ScalarFunction } from '../function.ts';
import { INTEGER } from '../parameter.ts';
import { numberFromBytes } from '../support/number-bytes.ts';

export const INT_FROM_BYTES: ScalarFunction = {
  kind: 'scalar',
  name: 'int_from_bytes',
  category: 'CONVERSIONS',
  description: 'The INT that four bytes are, big-endian unless LITTLE_ENDIAN is asked for.',
  overloads: numberFromBytes(INTEGER, 4, (view, littleEndian) => view.getInt32(0, littleEndian)),
  examples: [
    { call: "INT_FROM_BYTES(TO_BYTES('AAAH5Q==', 'base64'))", result: '2021' },
    { call: "INT_FROM_BYTES(TO_BYTES('01000000', 'hex'), 'LITTLE_ENDIAN')", result: '1' },
  ],
};
