import { unreachable } from '@millrace/base';
import { addQuery, applyDdl, removeQuery } from '../catalog/apply.ts';
import { type Catalog, EMPTY_CATALOG } from '../catalog/catalog.ts';
import type { KsqlConfig } from '../lib/ksql-config.ts';
import { KsqlException } from '../lib/ksql-exception.ts';
import type { KsqlPlan, QueryPlan } from '../steps/ksql-plan.ts';
import type { Command, CommandAction, ControlAction } from './command.ts';

/** A query that is to run, as the command topic describes it. */
export type PersistentQuery = {
  readonly id: string;
  readonly statement: string;
  readonly plan: QueryPlan;
  /** The engine's settings when the statement was run, and what it overrode. */
  readonly config: KsqlConfig;
  readonly overrides: KsqlConfig;
  readonly paused: boolean;
};

/**
 * All that the command topic comes to. Immutable and made of nothing but commands: every engine that has read the same
 * commands has the same state, and a statement is tried out by applying it and throwing the result away.
 */
export type EngineState = {
  readonly catalog: Catalog;
  /** By id, in the order of their statements; the same ids as in the catalog. */
  readonly queries: ReadonlyMap<string, PersistentQuery>;
};

export const EMPTY_STATE: EngineState = { catalog: EMPTY_CATALOG, queries: new Map() };

export type Transition = {
  readonly state: EngineState;
  /** For the user, as ksqlDB puts it. */
  readonly message: string;
  /** False where there was nothing to do: IF NOT EXISTS and IF EXISTS. */
  readonly changed: boolean;
  /** The query that starts to run. */
  readonly queryId: string | null;
};

/** What of a command counts for the state; the rest is for people and for writing. */
export type StateCommand = Pick<Command, 'action' | 'statement' | 'config' | 'overrides'>;

/**
 * The state after a command.
 * @throws KsqlException where the command can't be applied to this state: so a statement is refused before it is written.
 */
export function applyCommand(state: EngineState, command: StateCommand): Transition {
  const { action } = command;
  switch (action.kind) {
    case 'plan':
      return applyPlan(state, action.plan, command);
    case 'control':
      return control(state, action);
    default:
      return unreachable(action);
  }
}

function applyPlan(state: EngineState, plan: KsqlPlan, command: StateCommand): Transition {
  const ddl = plan.ddl === null ? null : applyDdl(state.catalog, plan.ddl);
  const catalog = ddl?.catalog ?? state.catalog;
  if (plan.query === null || ddl?.changed === false) {
    // DROP takes the query along that made the source.
    const queries = new Map([...state.queries].filter(([id]) => catalog.queries.has(id)));
    return { state: { catalog, queries }, message: ddl?.message ?? '', changed: ddl?.changed ?? false, queryId: null };
  }
  const { id, sources, sink } = plan.query;
  if (plan.ddl === null && state.queries.has(id)) throw new KsqlException(`Query ID '${id}' already exists.`);
  const query: PersistentQuery = {
    id,
    statement: command.statement,
    plan: plan.query,
    config: { ...command.config, ...command.overrides },
    overrides: command.overrides,
    paused: false,
  };
  return {
    state: {
      catalog: addQuery(catalog, { id, sources, sink, createdSink: plan.ddl !== null && sink !== null }),
      queries: new Map(state.queries).set(id, query),
    },
    message: `Created query with ID ${id}`,
    changed: true,
    queryId: id,
  };
}

const DONE: Readonly<Record<ControlAction, string>> = {
  TERMINATE: 'Query terminated.',
  PAUSE: 'Query paused.',
  RESUME: 'Query resumed.',
};

function control(state: EngineState, action: Extract<CommandAction, { kind: 'control' }>): Transition {
  const ids = action.queryId === null ? idsOfAll(state, action.control) : [action.queryId];
  const next = ids.reduce((before, id) => controlOne(before, id, action.control), state);
  return { state: next, message: DONE[action.control], changed: true, queryId: null };
}

/** All that may be controlled so: the query of a source table lives as long as its table. */
function idsOfAll(state: EngineState, action: ControlAction): readonly string[] {
  const all = [...state.queries.values()];
  return all.filter(({ plan }) => action !== 'TERMINATE' || plan.sink !== null).map(({ id }) => id);
}

function controlOne(state: EngineState, id: string, action: ControlAction): EngineState {
  const query = state.queries.get(id);
  if (query === undefined) throw new KsqlException(`Unknown queryId: ${id}`);
  const queries = new Map(state.queries);
  switch (action) {
    case 'TERMINATE':
      if (query.plan.sink === null) {
        throw new KsqlException(`Cannot terminate query '${id}' because it is linked to a source table.`);
      }
      queries.delete(id);
      return { catalog: removeQuery(state.catalog, id), queries };
    case 'PAUSE':
    case 'RESUME':
      return { ...state, queries: queries.set(id, { ...query, paused: action === 'PAUSE' }) };
    default:
      return unreachable(action);
  }
}
