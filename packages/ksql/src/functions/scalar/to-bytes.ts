import { overload, type ScalarFunction } from '../function.ts';
import { BYTES, STRING } from '../parameter.ts';
import { encodingNamed } from '../support/encodings.ts';

export const TO_BYTES: ScalarFunction = {
  kind: 'scalar',
  name: 'to_bytes',
  category: 'STRING',
  description: 'The bytes that a text stands for in an encoding: hex, utf8, ascii, base64.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: BYTES,
      evaluate: (text, encoding) => encodingNamed(encoding).decode(text),
    }),
  ],
  examples: [{ call: "TO_BYTES('a', 'ascii')", result: 'YQ==' }],
};
