import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

export const URL_EXTRACT_HOST: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_host',
  category: 'URL',
  description: 'The host of a URL.',
  overloads: [overload({ parameters: [STRING], returns: STRING, evaluate: (url) => parseUrl(url).host })],
  examples: [{ call: "URL_EXTRACT_HOST('http://test@confluent.io:8080')", result: 'confluent.io' }],
};
