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

/** Every option by its flag, aliases resolved. */
function split(options: Options, argv: readonly string[]) {
  const flags = new Map<string, string>([['help', 'help']]);
  for (const [name, option] of Object.entries(options)) {
    for (const each of [flagName(name), ...option.aliases]) flags.set(each, flagName(name));
  }
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      [...flags].map(([each, target]) => {
        const option = Object.entries(options).find(([name]) => flagName(name) === target)?.[1];
        const type = option === undefined || option.value === null ? ('boolean' as const) : ('string' as const);
        return [each, { type, multiple: true, ...shortOf(each) }];
      }),
    ),
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const target = flags.get(token.name);
    if (target === undefined) throw unknownOption(token.rawName, [...flags.keys()]);
    const option = Object.entries(options).find(([name]) => flagName(name) === target)?.[1];
    const takesValue = option !== undefined && option.value !== null;
    const isFlag =
      token.value !== undefined && token.inlineValue === false && flags.has(token.value.replace(/^--/, ''));
    const isMissing = token.value === undefined || (isFlag && token.value.startsWith('--'));
    if (takesValue && isMissing) throw usage(`${token.rawName} needs a value: ${option.value}`);
    if (!takesValue && token.value !== undefined) throw usage(`${token.rawName} takes no value`);
    values.set(target, [...(values.get(target) ?? []), token.value ?? '']);
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
    const given = values.get(flagName(name)) ?? [];
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
