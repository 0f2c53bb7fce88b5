import type { Admin, Client } from '@millrace/client';
import type { Options, OptionValues } from './option.ts';
import type { Terminal } from './terminal.ts';

/** An argument by its place: one, one that may be left out, one or more, or any number. Only the last may be several. */
export type Argument<T> = {
  readonly name: string;
  readonly about: string;
  readonly min: 0 | 1;
  readonly isMany: boolean;
  read(given: readonly string[]): T;
};

export type Arguments = Readonly<Record<string, Argument<unknown>>>;

export type ArgumentValues<A extends Arguments> = { readonly [K in keyof A]: ReturnType<A[K]['read']> };

export function one(name: string, about: string): Argument<string> {
  return { name, about, min: 1, isMany: false, read: (given) => given[0]! };
}

export function optional(name: string, about: string): Argument<string | undefined> {
  return { name, about, min: 0, isMany: false, read: (given) => given[0] };
}

export function many(name: string, about: string): Argument<readonly string[]> {
  return { name, about, min: 1, isMany: true, read: (given) => given };
}

export function any(name: string, about: string): Argument<readonly string[]> {
  return { name, about, min: 0, isMany: true, read: (given) => given };
}

/** What a run of a command works with. */
export type Call<O extends Options, A extends Arguments> = {
  readonly options: OptionValues<O>;
  readonly args: ArgumentValues<A>;
  /** `--json` was given. */
  readonly isJson: boolean;
  /** The properties of `--config` and `--property`, under Kafka's names. */
  readonly properties: Readonly<Record<string, string>>;
  readonly terminal: Terminal;
  /** The client of this run; connects when it is first used and is closed with the run. */
  client(): Promise<Client>;
  admin(): Promise<Admin>;
};

export type Example = { readonly about: string; readonly line: string };

/** What a command does: data for help, reference and parser, and the function that does it. */
type ActionSpec<O extends Options, A extends Arguments, D> = {
  /** What it does, in one line without a full stop. */
  readonly about: string;
  readonly details?: string;
  readonly args?: A;
  readonly options?: O;
  readonly examples: readonly Example[];
  /** The shape of what `--json` prints, as a type. */
  readonly json: string;
  /** Answers what is printed; undefined where it has printed all itself. */
  run(call: Call<O, A>): Promise<D>;
  /** The answer as text for people, with a line end. */
  print?(data: NoInfer<D>, options: OptionValues<O>): string;
};

/** An action with its types erased, so that all fit one list. */
export type Action = {
  readonly about: string;
  readonly details: string;
  readonly args: Arguments;
  readonly options: Options;
  readonly examples: readonly Example[];
  readonly json: string;
  run(call: Call<Options, Arguments>): Promise<unknown>;
  print(data: unknown, options: OptionValues<Options>): string;
};

export function action<const O extends Options, const A extends Arguments, D>(spec: ActionSpec<O, A, D>): Action {
  return {
    about: spec.about,
    details: spec.details ?? '',
    args: spec.args ?? {},
    options: spec.options ?? {},
    examples: spec.examples,
    json: spec.json,
    // The parser read the values by these very options and arguments.
    run: (call) => spec.run(call as Call<O, A>),
    print: (data, options) => spec.print?.(data as D, options as OptionValues<O>) ?? '',
  };
}

/** `millrace NAME ACTION …`, or without actions `millrace NAME …`. */
export type Command =
  | {
      readonly kind: 'group';
      readonly actions: Readonly<Record<string, Action>>;
      /** What is done where no action is named; null: nothing. */
      readonly otherwise: string | null;
    }
  | { readonly kind: 'single'; readonly action: Action };

/** @param otherwise the action that is meant where none is named */
export function group(actions: Readonly<Record<string, Action>>, otherwise: string | null = null): Command {
  return { kind: 'group', actions, otherwise };
}

export function single(action: Action): Command {
  return { kind: 'single', action };
}
