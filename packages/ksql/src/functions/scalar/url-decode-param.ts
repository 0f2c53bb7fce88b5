import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { decodeEscapes } from '../support/url.ts';

export const URL_DECODE_PARAM: ScalarFunction = {
  kind: 'scalar',
  name: 'url_decode_param',
  category: 'URL',
  description: 'Undoes the encoding of a form parameter.',
  overloads: [
    overload({
      parameters: [STRING],
      returns: STRING,
      evaluate: (text) => decodeEscapes(text.replaceAll('+', ' ')),
    }),
  ],
  examples: [{ call: "URL_DECODE_PARAM('%3Ffoo+%24bar')", result: '?foo $bar' }],
};
