import { describeError, MillraceError } from '@millrace/base';
import type { Client } from '@millrace/client';
import { closest } from './closest.ts';
import type { Action, Arguments, Call, Command } from './command.ts';
import { DEFAULT_BOOTSTRAP } from './common-options.ts';
import { actionHelp, groupHelp } from './help.ts';
import type { Options } from './option.ts';
import { type Parsed, parse } from './parse.ts';
import type { Terminal } from './terminal.ts';

/** What a command ends with. Interrupted is the shell's number for Ctrl-C. */
const EXIT = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** Codes of errors that lie in what was typed or configured, not in the world. */
const USAGE_CODES: ReadonlySet<string> = new Set(['USAGE', 'INVALID_PROPERTIES']);

/** How long closing the client may take. */
const CLOSE_TIMEOUT_MS = 2_000;
/** How long an interrupted command, such as a consumer that leaves its group, has to end by itself. */
const END_GRACE_MS = 500;

export type NamedCommand = { readonly name: string; readonly about: string; readonly command: Command };

/** Runs `millrace NAME …` and resolves with the exit code. */
export async function runCommand(named: NamedCommand, argv: readonly string[], terminal: Terminal): Promise<number> {
  const { name, about, command } = named;
  if (command.kind === 'single') return await runAction(name, command.action, argv, terminal);
  const [actionName, ...rest] = actionFirst(command, argv);
  if (actionName === undefined || actionName === '--help' || actionName === '-h') {
    const isAsked = actionName !== undefined;
    await terminal[isAsked ? 'stdout' : 'stderr'].write(groupHelp(name, about, command));
    return isAsked ? EXIT.ok : EXIT.usage;
  }
  const action = command.actions[actionName];
  if (action !== undefined) return await runAction(`${name} ${actionName}`, action, rest, terminal);
  const near = closest(actionName, Object.keys(command.actions));
  const hint = near === undefined ? `try 'millrace ${name} --help'` : `did you mean '${near}'?`;
  await terminal.stderr.write(`millrace ${name}: there is no action '${actionName}'; ${hint}\n`);
  return EXIT.usage;
}

/** The arguments with the action before them: options may stand in front of it, and it may be left out where one is meant. */
function actionFirst({ actions, otherwise }: Extract<Command, { kind: 'group' }>, argv: readonly string[]) {
  if (argv.length > 0 && isNamed(argv[0])) return argv;
  if (otherwise !== null) return [otherwise, ...argv];
  const at = argv.findIndex((each) => Object.hasOwn(actions, each));
  return at === -1 ? argv : [argv[at]!, ...argv.slice(0, at), ...argv.slice(at + 1)];
}

/** Whether an action is named, or help is asked for; options, and what is spelled as no action is, mean another one. */
function isNamed(first: string | undefined): boolean {
  return first !== undefined && (/^[a-z][a-z-]*$/.test(first) || first === '--help' || first === '-h');
}

async function runAction(path: string, action: Action, argv: readonly string[], terminal: Terminal): Promise<number> {
  let isJson = argv.includes('--json');
  try {
    const parsed = parse(action, argv);
    isJson = parsed.common.json;
    if (parsed.isHelp) {
      await terminal.stdout.write(actionHelp(path, action));
      return EXIT.ok;
    }
    await using run = await newRun(parsed, terminal);
    const data = await untilEnd(action.run(run.call), terminal.signal);
    if (data !== undefined) {
      await terminal.stdout.write(isJson ? `${JSON.stringify(data, null, 2)}\n` : action.print(data, run.call.options));
    }
    return EXIT.ok;
  } catch (error) {
    if (terminal.signal.aborted) return terminal.signal.reason === 'interrupted' ? EXIT.interrupted : EXIT.ok;
    return await report(error, { path, isJson, terminal });
  }
}

type Run = AsyncDisposable & { readonly call: Call<Options, Arguments> };

/** A run, whose client is closed with it. */
async function newRun({ options, args, common }: Parsed, terminal: Terminal): Promise<Run> {
  // Loaded here: help and mistakes in what was typed need neither.
  const { readClientProperties, clientOptions } = await import('./client-properties.ts');
  const file = common.config === undefined ? {} : readClientProperties(common.config);
  const properties = { ...file, ...common.property };
  const elsewhere = process.env.MILLRACE_BOOTSTRAP ?? DEFAULT_BOOTSTRAP;
  const bootstrap = common.bootstrap ?? properties['bootstrap.servers'] ?? elsewhere;
  let client: Client | undefined;
  const open = async (): Promise<Client> => {
    if (client !== undefined) return client;
    const { Client } = await import('@millrace/client');
    const tuning = { retryTimeoutMs: common.retryTimeoutMs, allowAutoTopicCreation: false };
    try {
      client = new Client({ ...tuning, ...clientOptions(properties, bootstrap) });
    } catch (error) {
      throw error instanceof MillraceError ? new MillraceError('USAGE', error.message) : error;
    }
    return client;
  };
  const call: Call<Options, Arguments> = {
    options,
    args,
    isJson: common.json,
    properties,
    terminal,
    client: open,
    admin: async () => (await open()).admin,
  };
  return { call, [Symbol.asyncDispose]: async () => await client?.close({ timeoutMs: CLOSE_TIMEOUT_MS }) };
}

/** Rejects when the user wants an end; what is on the way then is given up with the client. */
function untilEnd<T>(running: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      setTimeout(() => reject(new Error('ended')), END_GRACE_MS).unref();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    running.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

type Place = { readonly path: string; readonly isJson: boolean; readonly terminal: Terminal };

async function report(error: unknown, { path, isJson, terminal }: Place): Promise<number> {
  const code = error instanceof MillraceError ? error.code : 'UNEXPECTED';
  const isUsage = USAGE_CODES.has(code);
  const message = isUsage && error instanceof Error ? error.message : describeError(error);
  if (isJson) {
    await terminal.stderr.write(`${JSON.stringify({ error: { code, message } })}\n`);
  } else {
    const hint = isUsage ? `Try 'millrace ${path} --help'.\n` : hintOf(error);
    await terminal.stderr.write(`millrace ${path}: ${message}\n${hint}`);
  }
  return isUsage ? EXIT.usage : EXIT.failed;
}

/** What to do about errors of brokers that people meet first. */
function hintOf(error: unknown): string {
  if (error instanceof MillraceError && error.code === 'SERVER_UNREACHABLE') return '';
  const text = describeError(error);
  if (/ECONNREFUSED/.test(text)) return "Is a broker running there? 'millrace broker' starts one.\n";
  if (/ENOTFOUND|EAI_AGAIN/.test(text)) return 'Is the host name right? --bootstrap HOST:PORT names another.\n';
  return '';
}
