import { overload, type ScalarFunction } from '../function.ts';
import { INTEGER, STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

export const URL_EXTRACT_PORT: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_port',
  category: 'URL',
  description: 'The port that a URL names.',
  overloads: [overload({ parameters: [STRING], returns: INTEGER, evaluate: (url) => parseUrl(url).port })],
  examples: [
    { call: "URL_EXTRACT_PORT('http://test.com:8080/x')", result: '8080' },
    { call: "URL_EXTRACT_PORT('http://test.com/x')", result: null },
  ],
};
