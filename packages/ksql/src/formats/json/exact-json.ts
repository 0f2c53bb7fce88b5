import { unreachable } from '@millrace/base';
import { encodeUtf8 } from '../../lib/utf8.ts';
import { JsonCursor, OPEN_BRACE, OPEN_BRACKET, QUOTE } from './json-cursor.ts';

/** A number of a JSON text, by its spelling: `1.10`, `1E2` and `12345678901234567890` stay what they are. */
export class JsonNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get value(): number {
    return Number(this.text);
  }

  /** Whether it is spelled with a point or an exponent. */
  get isFraction(): boolean {
    return /[.eE]/.test(this.text);
  }

  /** The digits without exponent, and how many of them stand behind the point. */
  get decimal(): { readonly unscaled: bigint; readonly scale: number } {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(this.text);
    if (match === null) throw new RangeError(`not a number: ${this.text}`);
    const [, minus, whole, fraction = '', exponent = '0'] = match;
    return { unscaled: BigInt(`${minus}${whole}${fraction}`), scale: fraction.length - Number(exponent) };
  }
}

/** A JSON value from which nothing was lost: exact numbers, objects in the order of their fields. */
export type ExactJson = null | boolean | string | JsonNumber | readonly ExactJson[] | ReadonlyMap<string, ExactJson>;

/** @throws JsonProblem */
export function parseExactJson(text: string): ExactJson {
  const cursor = new JsonCursor(encodeUtf8(text));
  const value = readExactJson(cursor);
  cursor.expectEnd();
  return value;
}

/** The value at the cursor. Of fields with the same name the last one counts. @throws JsonProblem */
export function readExactJson(cursor: JsonCursor): ExactJson {
  switch (cursor.peek()) {
    case QUOTE:
      return cursor.string();
    case OPEN_BRACE: {
      const fields = new Map<string, ExactJson>();
      cursor.object((name) => fields.set(name, readExactJson(cursor)));
      return fields;
    }
    case OPEN_BRACKET: {
      const elements: ExactJson[] = [];
      cursor.array(() => elements.push(readExactJson(cursor)));
      return elements;
    }
    default:
      if (cursor.isBoolean) return cursor.boolean();
      if (cursor.takeNull()) return null;
      return new JsonNumber(cursor.number());
  }
}

/** Without blanks, numbers as `spell` has them: unless told, as they were spelled. */
export function stringifyExactJson(value: ExactJson, spell = ({ text }: JsonNumber): string => text): string {
  const print = (each: ExactJson): string => stringifyExactJson(each, spell);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof JsonNumber) return spell(value);
  if (value instanceof Map) {
    const fields = [...(value as ReadonlyMap<string, ExactJson>)];
    return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${print(each)}`).join(',')}}`;
  }
  if (Array.isArray(value)) return `[${(value as readonly ExactJson[]).map(print).join(',')}]`;
  return unreachable(value as never);
}
