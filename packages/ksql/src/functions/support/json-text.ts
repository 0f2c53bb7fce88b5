import { type ExactJson, JsonNumber, readExactJson, stringifyExactJson } from '../../formats/json/exact-json.ts';
import { JsonCursor } from '../../formats/json/json-cursor.ts';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { Decimal } from '../../types/decimal.ts';

/** The first JSON value of a text, whatever follows it; undefined where the text does not begin with one. */
export function readJson(text: string): ExactJson | undefined {
  try {
    const cursor = new JsonCursor(encodeUtf8(text));
    const value = readExactJson(cursor);
    return runsOn(value, cursor.bytes[cursor.at]) ? undefined : value;
  } catch {
    return undefined;
  }
}

/** Whether a number or a word is part of something longer: `12x` is no number, `[12]x` is an array and something. */
function runsOn(value: ExactJson, next: number | undefined): boolean {
  if (next === undefined || typeof value === 'string' || isArray(value) || isObject(value)) return false;
  const character = String.fromCharCode(next);
  return value instanceof JsonNumber ? !/\s/.test(character) : /[\w$\x80-\xff]/.test(character);
}

export const isObject = (value: ExactJson | undefined): value is ReadonlyMap<string, ExactJson> => value instanceof Map;

export const isArray = (value: ExactJson | undefined): value is readonly ExactJson[] => Array.isArray(value);

/** A text as it is, anything else as JSON. */
export function textOf(value: ExactJson): string {
  return typeof value === 'string' ? value : jsonTextOf(value);
}

/** JSON whose fractions are spelled as Java's BigDecimal spells them: `1E2` is `1E+2`, `0.10` stays. */
export function jsonTextOf(value: ExactJson): string {
  return stringifyExactJson(value, spell);
}

/** The same with all digits and no exponent. */
export function plainJsonTextOf(value: ExactJson): string {
  return stringifyExactJson(value, (number) => new Decimal(number.decimal.unscaled, number.decimal.scale).toString());
}

/** Fractions so small are spelled with an exponent. */
const PLAIN_FROM_EXPONENT = -6;

function spell(number: JsonNumber): string {
  const { unscaled, scale } = number.decimal;
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  const exponent = digits.length - 1 - scale;
  if (scale >= 0 && exponent >= PLAIN_FROM_EXPONENT) return new Decimal(unscaled, scale).toString();
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${unscaled < 0n ? '-' : ''}${digits[0]}${fraction}E${exponent < 0 ? '' : '+'}${exponent}`;
}

export type { ExactJson };
export { JsonNumber };
