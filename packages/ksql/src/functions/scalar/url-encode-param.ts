import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';

/** What encodeURIComponent leaves alone and a form does not, and the blank; half a character is a question mark. */
const encode = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '?'))
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');

export const URL_ENCODE_PARAM: ScalarFunction = {
  kind: 'scalar',
  name: 'url_encode_param',
  category: 'URL',
  description: 'A text in the encoding of form parameters; a blank becomes a plus.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: encode })],
  examples: [{ call: "URL_ENCODE_PARAM('?foo $bar')", result: '%3Ffoo+%24bar' }],
};
