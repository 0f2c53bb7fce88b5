import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

export const URL_EXTRACT_PROTOCOL: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_protocol',
  category: 'URL',
  description: 'The protocol of a URL.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (url) => parseUrl(url).protocol })],
  examples: [{ call: "URL_EXTRACT_PROTOCOL('https://test.com')", result: 'https' }],
};
