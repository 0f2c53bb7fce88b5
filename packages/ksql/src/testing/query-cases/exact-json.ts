/**
 * JSON with numbers as they are spelled. `1.10`, `1E2` and `12345678901234567890` differ from what `JSON.parse` makes of
 * them, and what a case expects depends on the difference.
 */
export class ExactNumber {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** Whether it is spelled with a point or an exponent. */
  get isFraction(): boolean {
    return /[.eE]/.test(this.source);
  }

  /** The digits without exponent, and how many of them stand behind the point. */
  get decimal(): { readonly unscaled: bigint; readonly scale: number } {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(this.source);
    if (match === null) throw new Error(`not a number: ${this.source}`);
    const [, minus, whole, fraction = '', exponent = '0'] = match;
    const unscaled = BigInt(`${minus}${whole}${fraction}`);
    return { unscaled, scale: fraction.length - Number(exponent) };
  }

  get value(): number {
    return Number(this.source);
  }
}

export type ExactJson = null | boolean | string | ExactNumber | readonly ExactJson[] | ExactObject;
export type ExactObject = { readonly [name: string]: ExactJson };

export function parseExactJson(text: string): ExactJson {
  return JSON.parse(text, (_key: string, value: unknown, context?: { readonly source?: string }) =>
    typeof value === 'number' ? new ExactNumber(context!.source!) : value,
  ) as ExactJson;
}

export function isObject(json: ExactJson | undefined): json is ExactObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json) && !(json instanceof ExactNumber);
}

/** Without spaces; numbers without exponents, as a serialiser of decimals writes them. */
export function writeExactJson(json: ExactJson): string {
  if (json instanceof ExactNumber) return plainSpelling(json);
  if (Array.isArray(json)) return `[${json.map(writeExactJson).join(',')}]`;
  if (isObject(json)) {
    const members = Object.entries(json).map(([name, value]) => `${JSON.stringify(name)}:${writeExactJson(value)}`);
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(json);
}

function plainSpelling(number: ExactNumber): string {
  if (!/[eE]/.test(number.source)) return number.source;
  const { unscaled, scale } = number.decimal;
  if (scale <= 0) return String(unscaled * 10n ** BigInt(-scale));
  const sign = unscaled < 0n ? '-' : '';
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
