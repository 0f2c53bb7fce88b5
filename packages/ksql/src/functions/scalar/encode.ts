import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { encodeText } from '../support/encodings.ts';

export const ENCODE: ScalarFunction = {
  kind: 'scalar',
  name: 'encode',
  category: 'STRING',
  description: 'Turns text of one encoding into another: hex, utf8, ascii, base64.',
  overloads: [
    overload({
      parameters: [STRING, STRING, STRING],
      returns: STRING,
      evaluate: encodeText,
    }),
  ],
  examples: [
    { call: "ENCODE('4578616d706C6521', 'hex', 'ascii')", result: 'Example!' },
    { call: "ENCODE('Example!', 'ascii', 'hex')", result: '4578616d706c6521' },
    { call: "ENCODE('0x5', 'hex', 'base64')", result: 'BQ==' },
  ],
};
