import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

export const URL_EXTRACT_FRAGMENT: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_fragment',
  category: 'URL',
  description: 'What stands after the # of a URL.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (url) => parseUrl(url).fragment })],
  examples: [{ call: "URL_EXTRACT_FRAGMENT('http://test.com/?q#frag')", result: 'frag' }],
};
