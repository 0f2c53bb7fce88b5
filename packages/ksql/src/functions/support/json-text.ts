import { type ExactJson, JsonNumber, parseExactJson, stringifyExactJson } from '../../formats/json/exact-json.ts';

/** For the functions over JSON texts: null where the text is no JSON. */
export function readJson(text: string): ExactJson | undefined {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

export const isObject = (value: ExactJson | undefined): value is ReadonlyMap<string, ExactJson> => value instanceof Map;

export const isArray = (value: ExactJson | undefined): value is readonly ExactJson[] => Array.isArray(value);

/** A text as it is, anything else as JSON. */
export function textOf(value: ExactJson): string {
  return typeof value === 'string' ? value : stringifyExactJson(value);
}

export { type ExactJson, JsonNumber, stringifyExactJson };
