import { type ExactJson, JsonNumber, parseExactJson, stringifyExactJson } from '../../formats/json/exact-json.ts';

/** The JSON of cases: exact as the formats', but with plain objects, whose fields are easier to name. */
export type CaseJson = null | boolean | string | JsonNumber | readonly CaseJson[] | CaseObject;
export type CaseObject = { readonly [name: string]: CaseJson };

export function parseCaseJson(text: string): CaseJson {
  return asObjects(parseExactJson(text));
}

export function isObject(json: CaseJson | undefined): json is CaseObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof JsonNumber);
}

/** Without spaces; numbers without exponents, as a serialiser of decimals writes them. */
export function writeCaseJson(json: CaseJson): string {
  return stringifyExactJson(asMaps(json), plainSpelling);
}

function plainSpelling(number: JsonNumber): string {
  if (!/[eE]/.test(number.text)) return number.text;
  const { unscaled, scale } = number.decimal;
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function asMaps(json: CaseJson): ExactJson {
  if (Array.isArray(json)) return json.map(asMaps);
  if (!isObject(json)) return json as ExactJson;
  return new Map(Object.entries(json).map(([name, value]) => [name, asMaps(value)]));
}

export function asObjects(json: ExactJson): CaseJson {
  if (Array.isArray(json)) return json.map(asObjects);
  if (!(json instanceof Map)) return json as CaseJson;
  return Object.fromEntries([...json].map(([name, value]) => [name, asObjects(value as ExactJson)]));
}
