import { MillraceError } from '@millrace/base';

/** One option of a command, `--name VALUE` or a flag `--name`: what help and reference say of it, and how it is read. */
export type Option<T> = {
  readonly about: string;
  /** What help calls the value; null for a flag. */
  readonly value: string | null;
  /** What holds where it is not given, as help says it. */
  readonly fallback: string | null;
  readonly isRequired: boolean;
  readonly isRepeatable: boolean;
  /** Other names under which Kafka's tools know it. */
  readonly aliases: readonly string[];
  /** Gets what was given, in order; nothing where the option is not there. */
  read(given: readonly string[]): T;
};

/** Options by name in camel case: `maxMessages` is `--max-messages`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What was given for them. */
export type OptionValues<O extends Options> = { readonly [K in keyof O]: ReturnType<O[K]['read']> };

const ABSENT = { fallback: null, isRequired: false, isRepeatable: false, aliases: [] } as const;

/** Whatever a reader throws, the parser puts the option's name in front. */
function refuse(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}

export function flag(about: string): Option<boolean> {
  return { ...ABSENT, about, value: null, read: (given) => given.length > 0 };
}

/** An option whose value is read by `parse`, which throws a MillraceError `USAGE` that says what is wanted instead. */
export function valueOption<T>(value: string, about: string, parse: (text: string) => T): Option<T | undefined> {
  return { ...ABSENT, about, value, read: (given) => (given.length === 0 ? undefined : parse(given.at(-1)!)) };
}

export function text(value: string, about: string): Option<string | undefined> {
  return valueOption(value, about, (given) => given);
}

type Range = { readonly min?: number; readonly max?: number };

export function wholeNumber(value: string, about: string, range: Range = {}): Option<number | undefined> {
  return valueOption(value, about, (given) => parseWholeNumber(given, range));
}

export function parseWholeNumber(given: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Range = {}): number {
  const number = Number(given);
  if (/^[+-]?\d+$/.test(given) && number >= min && number <= max) return number;
  const upTo = max === Number.MAX_SAFE_INTEGER ? ` from ${min}` : ` from ${min} to ${max}`;
  throw refuse(`'${given}' is not a whole number${upTo}`);
}

export function choice<const T extends string>(choices: readonly T[], about: string): Option<T | undefined> {
  return valueOption(choices.join('|'), about, (given) => {
    const found = choices.find((each) => each === given.toLowerCase() || each === given);
    if (found === undefined) throw refuse(`'${given}' is none of ${choices.join(', ')}`);
    return found;
  });
}

/** `KEY=VALUE`; given several times, they add up. */
export function pairs(about: string): Option<Readonly<Record<string, string>>> {
  const one = valueOption('KEY=VALUE', about, parsePair);
  return {
    ...one,
    isRepeatable: true,
    read: (given) => Object.fromEntries(given.map((each) => parsePair(each))),
  };
}

function parsePair(given: string): readonly [string, string] {
  const at = given.indexOf('=');
  if (at <= 0) throw refuse(`'${given}' is not KEY=VALUE`);
  return [given.slice(0, at).trim(), given.slice(at + 1)];
}

/** May be given several times. */
export function repeated<T>(option: Option<T | undefined>): Option<readonly T[]> {
  return { ...option, isRepeatable: true, read: (given) => given.map((each) => option.read([each]) as T) };
}

export function required<T>(option: Option<T | undefined>): Option<T> {
  return {
    ...option,
    isRequired: true,
    read: (given) => {
      const value = option.read(given);
      if (value === undefined) throw refuse('is missing');
      return value;
    },
  };
}

/** `shown` is how help says the default, where its own text would not do. */
export function withDefault<T>(option: Option<T | undefined>, value: T, shown: string = String(value)): Option<T> {
  return { ...option, fallback: shown, read: (given) => option.read(given) ?? value };
}

export function withAliases<T>(option: Option<T>, ...aliases: readonly string[]): Option<T> {
  return { ...option, aliases };
}

/** `maxMessages` on the command line. */
export function flagName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
