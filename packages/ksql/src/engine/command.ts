import { MillraceError } from '@millrace/base';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import type { KsqlPlan } from '../steps/ksql-plan.ts';

export type ControlAction = 'TERMINATE' | 'PAUSE' | 'RESUME';

/** What a command does when it is read back. */
export type CommandAction =
  | { readonly kind: 'plan'; readonly plan: KsqlPlan }
  /** A null id means all queries. */
  | { readonly kind: 'control'; readonly control: ControlAction; readonly queryId: string | null };

/** One statement as the command topic keeps it: nothing else is needed to apply it again, also after an upgrade. */
export type Command = {
  /** ksqlDB's command id, e.g. ``stream/`ORDERS`/create``. */
  readonly id: string;
  /**
   * The offset that the command was decided for, with everything before it known. At any other offset it does not
   * count: somebody else's command came between, and its writer decides again.
   */
  readonly position: number;
  readonly statement: string;
  /** What SET and the request said when the statement was run. */
  readonly overrides: KsqlConfig;
  /** The engine's settings at that time: later changes of them must not change what runs. */
  readonly config: KsqlConfig;
  readonly action: CommandAction;
};

const VERSION = 1;

/** The field names are those of ksqlDB's command topic, so that its tools show the statements. */
type StoredCommand = {
  readonly statement: string;
  readonly streamsProperties: KsqlConfig;
  readonly originalProperties: KsqlConfig;
  readonly plan: KsqlPlan | null;
  readonly control: { readonly action: ControlAction; readonly queryId: string | null } | null;
  readonly position: number;
  readonly version: number;
};

type CommandRecord = { readonly key: string; readonly value: string };

export function encodeCommand({ id, position, statement, overrides, config, action }: Command): CommandRecord {
  const stored: StoredCommand = {
    statement,
    streamsProperties: overrides,
    originalProperties: config,
    plan: action.kind === 'plan' ? action.plan : null,
    control: action.kind === 'control' ? { action: action.control, queryId: action.queryId } : null,
    position,
    version: VERSION,
  };
  return { key: JSON.stringify(id), value: JSON.stringify(stored) };
}

/** @throws MillraceError `COMMAND_INCOMPATIBLE` for what a later version wrote, `COMMAND_UNREADABLE` for what none has */
export function decodeCommand({ key, value }: CommandRecord): Command {
  try {
    const id: unknown = JSON.parse(key);
    const stored = JSON.parse(value) as Partial<StoredCommand> | null;
    if (typeof id !== 'string' || stored === null || typeof stored.statement !== 'string')
      throw new Error('no command');
    if (typeof stored.version === 'number' && stored.version > VERSION) throw incompatible(stored.version);
    if (stored.version !== VERSION) throw new Error(`version ${stored.version} is not ${VERSION}`);
    const action = actionOf(stored);
    if (action === undefined || typeof stored.position !== 'number') throw new Error('it holds no action');
    return {
      id,
      position: stored.position,
      statement: stored.statement,
      overrides: stored.streamsProperties ?? {},
      config: stored.originalProperties ?? {},
      action,
    };
  } catch (cause) {
    if (cause instanceof MillraceError) throw cause;
    throw new MillraceError('COMMAND_UNREADABLE', `A record of the command topic can't be read: ${String(cause)}`, {
      cause,
    });
  }
}

function incompatible(version: number): MillraceError {
  const message = `A command has version ${version}, and this engine reads those up to ${VERSION}`;
  return new MillraceError('COMMAND_INCOMPATIBLE', message);
}

function actionOf({ plan, control }: Partial<StoredCommand>): CommandAction | undefined {
  if (plan) return { kind: 'plan', plan };
  return control ? { kind: 'control', control: control.action, queryId: control.queryId } : undefined;
}

// Settings that hold secrets stay out of a topic that every user of the cluster can read.
export const SECRET: RegExp = /password|secret|credential|token|jaas|basic\.auth\.user\.info|(^|\.)ssl\.key/i;

export function withoutSecrets(config: KsqlConfig): KsqlConfig {
  return Object.fromEntries(Object.entries(config).filter(([name]) => !SECRET.test(name)));
}
