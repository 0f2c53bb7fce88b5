import { overload, type ScalarFunction } from '../function.ts';
import { STRING } from '../parameter.ts';
import { parseUrl } from '../support/url.ts';

function parameter(url: string, name: string): string | null {
  const { query } = parseUrl(url);
  if (query === null) return null;
  for (const pair of query.split('&')) {
    const [key, ...value] = pair.split('=');
    if (key === name) return value.join('=');
  }
  return null;
}

export const URL_EXTRACT_PARAMETER: ScalarFunction = {
  kind: 'scalar',
  name: 'url_extract_parameter',
  category: 'URL',
  description: "The value of a parameter in a URL's query; empty if it has none.",
  overloads: [overload({ parameters: [STRING, STRING], returns: STRING, evaluate: parameter })],
  examples: [
    { call: "URL_EXTRACT_PARAMETER('http://test.com/?one=a&two=b', 'two')", result: 'b' },
    { call: "URL_EXTRACT_PARAMETER('http://test.com/?one=a', 'x')", result: null },
  ],
};
