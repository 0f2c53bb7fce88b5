import type { ScalarFunction } from '../function.ts';
import { BIGINT } from '../parameter.ts';
import { numberFromBytes } from '../support/number-bytes.ts';

export const BIGINT_FROM_BYTES: ScalarFunction = {
  kind: 'scalar',
  name: 'bigint_from_bytes',
  category: 'CONVERSIONS',
  description: 'The BIGINT that eight bytes are, big-endian unless LITTLE_ENDIAN is asked for.',
  overloads: numberFromBytes(BIGINT, 8, (view, littleEndian) => view.getBigInt64(0, littleEndian)),
  examples: [{ call: "BIGINT_FROM_BYTES(TO_BYTES('AAAAASoF8gA=', 'base64'))", result: '5000000000' }],
};
