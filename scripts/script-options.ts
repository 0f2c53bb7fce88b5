import { type ParseArgsConfig, type ParseArgsOptionsConfig, parseArgs } from 'node:util';

type ScriptConfig<O extends ParseArgsOptionsConfig> = { readonly allowPositionals: true; readonly options: O };
type Parsed<O extends ParseArgsOptionsConfig> = ReturnType<typeof parseArgs<ScriptConfig<O>>>;

/**
 * The options of a script of this repository. `--help` prints the usage and ends well; an option that is not known ends
 * with what is wrong and the usage, status 2.
 */
export function scriptOptions<const O extends ParseArgsOptionsConfig>(usage: string, options: O): Parsed<O> {
  if (process.argv.includes('--help')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs<ScriptConfig<O>>({ allowPositionals: true, options } satisfies ParseArgsConfig);
  } catch (cause) {
    return refuse(usage, cause instanceof Error ? cause.message : String(cause));
  }
}

/** Ends the script because it was called in a wrong way. */
export function refuse(usage: string, problem: string): never {
  process.stderr.write(`${problem}\n${usage}`);
  process.exit(2);
}

/** @returns the number that an option was given, or null without one; a wrong one ends the script. */
export function numberOption(usage: string, name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (text.trim() !== '' && number >= 0) return number;
  return refuse(usage, `--${name} must be a number, not ${JSON.stringify(text)}`);
}
