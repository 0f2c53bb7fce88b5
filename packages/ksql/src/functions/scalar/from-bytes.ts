import { overload, type ScalarFunction } from '../function.ts';
import { BYTES, STRING } from '../parameter.ts';
import { encodingNamed } from '../support/encodings.ts';

export const FROM_BYTES: ScalarFunction = {
  kind: 'scalar',
  name: 'from_bytes',
  category: 'STRING',
  description: 'Bytes as text in an encoding: hex, utf8, ascii, base64.',
  overloads: [
    overload({
      parameters: [BYTES, STRING],
      returns: STRING,
      evaluate: (bytes, encoding) => encodingNamed(encoding).encode(bytes),
    }),
  ],
  examples: [{ call: "FROM_BYTES(TO_BYTES('21', 'hex'), 'ascii')", result: '!' }],
};
