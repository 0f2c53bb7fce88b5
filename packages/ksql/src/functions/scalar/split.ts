import { overload, type ScalarFunction } from '../function.ts';
import { arrayOf, BYTES, STRING } from '../parameter.ts';
import { indexOfBytes } from '../support/bytes.ts';

function splitBytes(bytes: Uint8Array, delimiter: Uint8Array): readonly Uint8Array[] {
  if (bytes.length === 0) return [bytes];
  if (delimiter.length === 0) return Array.from(bytes, (byte) => Uint8Array.of(byte));
  const parts: Uint8Array[] = [];
  let start = 0;
  for (;;) {
    const found = indexOfBytes(bytes, delimiter, start);
    if (found < 0) return [...parts, bytes.slice(start)];
    parts.push(bytes.slice(start, found));
    start = found + delimiter.length;
  }
}

export const SPLIT: ScalarFunction = {
  kind: 'scalar',
  name: 'split',
  category: 'STRING',
  description: 'Splits a text, or bytes, at a delimiter; an empty one splits between all characters.',
  overloads: [
    overload({
      parameters: [STRING, STRING],
      returns: arrayOf(STRING),
      evaluate: (text, delimiter) => (text === '' ? [''] : delimiter === '' ? [...text] : text.split(delimiter)),
    }),
    overload({ parameters: [BYTES, BYTES], returns: arrayOf(BYTES), evaluate: splitBytes }),
  ],
  examples: [
    { call: "SPLIT('a.b.', '.')", result: '[a, b, ]' },
    { call: "SPLIT('abc', '')", result: '[a, b, c]' },
  ],
};
