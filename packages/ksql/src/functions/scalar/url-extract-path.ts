import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

export const URL_EXTRACT_PATH: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_path',
  category: 'URL',
  description: 'The path of a URL; empty if it has none.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (url) => parseUrl(url).path })],
  examples: [{ call: "URL_EXTRACT_PATH('http://test.com/path?query')", result: '/path' }],
};
