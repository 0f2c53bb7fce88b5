import type { ScalarFunction } from '../function.ts';
import { DOUBLE } from '../parameter.ts';
import { numberFromBytes } from '../support/number-bytes.ts';

export const DOUBLE_FROM_BYTES: ScalarFunction = {
  kind: 'scalar',
  name: 'double_from_bytes',
  category: 'CONVERSIONS',
  description: 'The DOUBLE that eight bytes are, big-endian unless LITTLE_ENDIAN is asked for.',
  overloads: numberFromBytes(DOUBLE, 8, (view, littleEndian) => view.getFloat64(0, littleEndian)),
  examples: [{ call: "DOUBLE_FROM_BYTES(TO_BYTES('QICm/ZvJ9YI=', 'base64'))", result: '532.8738323' }],
};
