import { expect, test } from 'vitest';
import { apiName } from './api-keys.ts';
import { apis } from './generated/apis.ts';

test('the list of names agrees with the keys of the codecs', () => {
  for (const api of Object.values(apis)) expect(apiName(api.key)).toBe(api.name);
});

test('a key from the future is named by its number', () => {
  expect(apiName(4711)).toBe('API 4711');
});
