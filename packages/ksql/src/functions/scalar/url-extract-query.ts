import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

export const URL_EXTRACT_QUERY: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_query',
  category: 'URL',
  description: 'What stands between the ? and the # of a URL.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (url) => parseUrl(url).query })],
  examples: [{ call: "URL_EXTRACT_QUERY('http://test.com/path?q1&q2#x')", result: 'q1&q2' }],
};
