import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { hexDigits } from '../support/encodings.ts';
import { md5 } from '../support/md5.ts';

const encoder = new TextEncoder();

export const MD5: ScalarFunction = {
  kind: 'scalar',
  name: 'md5',
  category: 'STRING',
  description: 'The MD5 checksum of a text in hexadecimal.',
  overloads: [
    overload({ parameters: [STRING], returns: STRING, evaluate: (text) => hexDigits(md5(encoder.encode(text))) }),
  ],
  examples: [
    { call: "MD5('')", result: 'd41d8cd98f00b204e9800998ecf8427e' },
    { call: "MD5('r1')", result: '7c92cf1eee8d99cc85f8355a3d6e4b86' },
  ],
};
