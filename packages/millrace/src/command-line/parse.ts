import { parseArgs } from 'node:util';
import { describeError, MillraceError } from '@millrace/base';
import { closest } from './closest.ts';
import type { Action, Arguments } from './command.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { flagName, type Options, type OptionValues } from './option.ts';

export type Parsed = {
  readonly isHelp: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: Readonly<Record<string, unknown>>;
  readonly common: OptionValues<typeof COMMON_OPTIONS>;
};

/**
 * Reads what stands behind the name of a command.
 *
 * @throws MillraceError `USAGE` that names the option or argument and what is wanted instead.
 */
export function parse(action: Action, argv: readonly string[]): Parsed {
  const options: Options = { ...action.options, ...COMMON_OPTIONS };
  const { values, positionals } = split(options, argv);
  const isHelp = values.has('help');
  if (isHelp) return { isHelp, options: {}, args: {}, common: readOptions(COMMON_OPTIONS, new Map()) };
  return {
    isHelp,
    options: readOptions(action.options, values),
    args: readArguments(action.args, positionals),
    common: readOptions(COMMON_OPTIONS, values),
  };
}

/** A flag as it may be typed: the option that it means, and what that option's value is called; null without a value. */
type Flag = { readonly name: string; readonly value: string | null };

function flagsOf(options: Options): ReadonlyMap<string, Flag> {
  const flags = new Map<string, Flag>([['help', { name: 'help', value: null }]]);
  for (const [name, { aliases, value }] of Object.entries(options)) {
    for (const typed of [flagName(name), ...aliases]) flags.set(typed, { name, value });
  }
  return flags;
}

/** What was given for each option, in order, and the rest. */
function split(options: Options, argv: readonly string[]) {
  const flags = flagsOf(options);
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      [...flags].map(([typed, { value }]) => {
        const type = value === null ? ('boolean' as const) : ('string' as const);
        return [typed, { type, multiple: true, ...shortOf(typed) }];
      }),
    ),
    // Node's own messages name no value and propose nothing.
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = flags.get(token.name);
    if (flag === undefined) throw unknownOption(token.rawName, [...flags.keys()]);
    // Node takes whatever comes next for the value, the next option, too.
    const isNextOption = token.inlineValue === false && token.value.startsWith('--') && flags.has(token.value.slice(2));
    const given = isNextOption ? undefined : token.value;
    if (flag.value !== null && given === undefined) throw usage(`${token.rawName} needs a value: ${flag.value}`);
    if (flag.value === null && given !== undefined) throw usage(`${token.rawName} takes no value`);
    values.set(flag.name, [...(values.get(flag.name) ?? []), given ?? '']);
  }
  return { values, positionals };
}

/** A name of one letter is written with one dash. */
function shortOf(name: string): { readonly short?: string } {
  if (name === 'help') return { short: 'h' };
  return name.length === 1 ? { short: name } : {};
}

function readOptions<O extends Options>(options: O, values: ReadonlyMap<string, readonly string[]>): OptionValues<O> {
  const entries = Object.entries(options).map(([name, option]) => {
    const given = values.get(name) ?? [];
    try {
      return [name, option.read(given)];
    } catch (error) {
      const reason = error instanceof MillraceError ? error.message : describeError(error);
      throw usage(`--${flagName(name)} ${reason}`);
    }
  });
  return Object.fromEntries(entries) as OptionValues<O>;
}

function readArguments(declared: Arguments, given: readonly string[]): Record<string, unknown> {
  const rest = [...given];
  const entries = Object.entries(declared).map(([name, argument]) => {
    const taken = argument.isMany ? rest.splice(0) : rest.splice(0, 1);
    if (taken.length < argument.min) throw usage(`${argument.name} is missing: ${argument.about}`);
    return [name, argument.read(taken)];
  });
  if (rest.length > 0) throw usage(`'${rest[0]}' is one argument too many`);
  return Object.fromEntries(entries);
}

function unknownOption(rawName: string, known: readonly string[]): MillraceError {
  const near = closest(rawName.replace(/^-+/, ''), known);
  return usage(`there is no option ${rawName}${near === undefined ? '' : `; did you mean --${near}?`}`);
}

function usage(message: string): MillraceError {
  return new MillraceError('USAGE', message);
}
