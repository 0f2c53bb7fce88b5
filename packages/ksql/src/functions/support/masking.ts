import { MillraceError } from '@millrace/base';

/** What stands for a character of each class once it is masked; null keeps the characters of that class. */
export type Mask = {
  readonly upper: string | null;
  readonly lower: string | null;
  readonly digit: string | null;
  readonly other: string | null;
};

export const DEFAULT_MASK: Mask = { upper: 'X', lower: 'x', digit: 'n', other: '-' };

/** A given mask is one character. @throws MillraceError `INVALID_ARGUMENT` */
export function maskOf(upper: string | null, lower: string | null, digit: string | null, other: string | null): Mask {
  for (const mask of [upper, lower, digit, other]) if (mask !== null && mask.length !== 1) throw invalidMask(mask);
  return { upper, lower, digit, other };
}

const invalidMask = (mask: string): MillraceError =>
  new MillraceError('INVALID_ARGUMENT', `Invalid mask character. Must be only single character, but was '${mask}'`);

export function maskText(text: string, mask: Mask): string {
  let masked = '';
  for (const character of text) masked += substitute(character, mask) ?? character;
  return masked;
}

function substitute(character: string, mask: Mask): string | null {
  if (/\p{Lu}/u.test(character)) return mask.upper;
  if (/\p{Ll}/u.test(character)) return mask.lower;
  if (/\p{Nd}/u.test(character)) return mask.digit;
  return mask.other;
}

export function requireCount(count: number, name: string): void {
  if (count >= 0) return;
  const message = `function ${name} requires a non-negative number of characters to mask or skip`;
  throw new MillraceError('INVALID_ARGUMENT', message);
}
