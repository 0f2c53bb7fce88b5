import { expect, test } from 'vitest';
import { ErrorCode, errorMessage, errorName, isRetriableError, needsMetadataRefresh } from './error-codes.ts';

test('every error has a number of its own, and its name leads back to it', () => {
  const codes = Object.values(ErrorCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const [name, code] of Object.entries(ErrorCode)) expect(errorName(code)).toBe(name);
});

test('whoever needs new metadata may try again', () => {
  for (const code of Object.values(ErrorCode)) {
    if (needsMetadataRefresh(code)) expect(isRetriableError(code), errorName(code)).toBe(true);
  }
  expect(isRetriableError(ErrorCode.NONE)).toBe(false);
});

test('a code from the future is named by its number and is not retried', () => {
  expect(errorName(4711)).toBe('UNKNOWN_ERROR_4711');
  expect(errorMessage(4711)).toContain('4711');
  expect(isRetriableError(4711)).toBe(false);
});
