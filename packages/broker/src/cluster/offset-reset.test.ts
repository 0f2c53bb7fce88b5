import { expect, test } from 'vitest';
import { parseOffsetReset } from './offset-reset.ts';

test.each([
  ['earliest', { kind: 'earliest' }],
  ['latest', { kind: 'latest' }],
  ['by_duration:PT1H', { kind: 'by-duration', durationMs: 3_600_000 }],
  ['by_duration:P1DT2H3M4.5S', { kind: 'by-duration', durationMs: 93_784_500 }],
  ['by_duration:P2D', { kind: 'by-duration', durationMs: 172_800_000 }],
  ['by_duration:PT-30M', null],
  ['by_duration:-PT30M', null],
  ['by_duration:PT', null],
  ['by_duration:P', null],
  ['by_duration:1h', null],
  ['by_duration:', null],
  ['none', null],
  ['', null],
])('where to begin by %j', (text, expected) => {
  expect(parseOffsetReset(text)).toEqual(expected);
});
