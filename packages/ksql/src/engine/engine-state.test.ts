import { describe, expect, test } from 'vitest';
import type { DataSource } from '../catalog/data-source.ts';
import { SchemaBuilder } from '../types/schema.ts';
import { SqlTypes } from '../types/sql-type.ts';
import type { CommandAction } from './command.ts';
import { applyCommand, EMPTY_STATE, type EngineState, type StateCommand } from './engine-state.ts';

const FORMAT = { format: 'JSON', properties: {}, features: [] };

const PLAN = { version: 1, statementText: '', topic: null } as const;
// The state keeps steps and does not look into them.
const STEP = { kind: 'none' } as never;

function source(name: string, isQueryTarget = false): DataSource {
  return {
    kind: 'STREAM',
    name,
    schema: new SchemaBuilder().key('K', SqlTypes.STRING).value('V', SqlTypes.INTEGER).build(),
    topic: name.toLowerCase(),
    keyFormat: { ...FORMAT, window: null },
    valueFormat: FORMAT,
    timestampColumn: null,
    isQueryTarget,
    readOnly: false,
    statementText: '',
  };
}

function command(action: CommandAction, overrides: StateCommand['overrides'] = {}): StateCommand {
  return { action, statement: 'the statement', config: { 'auto.offset.reset': 'latest' }, overrides };
}

function create(name: string): CommandAction {
  const ddl = { kind: 'create-source', source: source(name), orReplace: false, ifNotExists: false } as const;
  return { kind: 'plan', plan: { ...PLAN, ddl, query: null } };
}

function createAs(name: string, from: string, queryId: string): CommandAction {
  const ddl = {
    kind: 'create-source',
    source: source(name, true),
    orReplace: false,
    ifNotExists: false,
  } as const;
  const query = { id: queryId, sources: [from], sink: name, step: STEP };
  return { kind: 'plan', plan: { ...PLAN, ddl, query } };
}

function insertInto(name: string, from: string, queryId: string): CommandAction {
  const query = { id: queryId, sources: [from], sink: name, step: STEP };
  return { kind: 'plan', plan: { ...PLAN, ddl: null, query } };
}

function drop(name: string): CommandAction {
  const ddl = {
    kind: 'drop-source',
    sourceKind: 'STREAM',
    name,
    ifExists: false,
    deleteTopic: false,
  } as const;
  return { kind: 'plan', plan: { ...PLAN, ddl, query: null } };
}

function control(action: 'TERMINATE' | 'PAUSE' | 'RESUME', queryId: string | null): CommandAction {
  return { kind: 'control', control: action, queryId };
}

function after(...actions: readonly CommandAction[]): EngineState {
  return actions.reduce((state, action) => applyCommand(state, command(action)).state, EMPTY_STATE);
}

const CHAIN = [create('A'), createAs('B', 'A', 'CSAS_B_1')];

test('CREATE AS SELECT enters the source and the query that fills it, with the settings of its time', () => {
  const before = after(create('A'));
  const applied = applyCommand(before, command(createAs('B', 'A', 'CSAS_B_1'), { 'auto.offset.reset': 'earliest' }));
  expect(applied).toMatchObject({ message: 'Created query with ID CSAS_B_1', changed: true, queryId: 'CSAS_B_1' });
  expect(applied.state.queries.get('CSAS_B_1')?.config).toEqual({ 'auto.offset.reset': 'earliest' });
  expect(before.queries.size).toBe(0);
});

describe('DROP', () => {
  test('of a source takes the query along that made it', () => {
    const state = after(...CHAIN, drop('B'));
    expect([...state.queries.keys()]).toEqual([]);
    expect([...state.catalog.sources.keys()]).toEqual(['A']);
  });

  test('is refused while another source is made from it', () => {
    expect(() => after(...CHAIN, drop('A'))).toThrow(
      'Cannot drop A.\nThe following streams and/or tables read from this source: [B].\nYou need to drop them before dropping A.',
    );
  });

  test('is refused while INSERT INTO queries read or write it', () => {
    const state = [create('A'), create('B'), insertInto('B', 'A', 'INSERTQUERY_2')];
    expect(() => after(...state, drop('B'))).toThrow(
      'Cannot drop B.\nThe following queries read from this source: [].\n' +
        'The following queries write into this source: [INSERTQUERY_2].\nYou need to terminate them before dropping B.',
    );
    expect([...after(...state, control('TERMINATE', 'INSERTQUERY_2'), drop('B')).catalog.sources.keys()]).toEqual([
      'A',
    ]);
  });
});

test('TERMINATE ends a query and leaves its source', () => {
  const state = after(...CHAIN, control('TERMINATE', 'CSAS_B_1'));
  expect(state.queries.size).toBe(0);
  expect(state.catalog.sources.has('B')).toBe(true);
  expect(() => applyCommand(state, command(control('TERMINATE', 'CSAS_B_1')))).toThrow('Unknown queryId: CSAS_B_1');
});

test('TERMINATE ALL leaves what belongs to a source table', () => {
  const materialise: CommandAction = {
    kind: 'plan',
    plan: {
      ...PLAN,
      ddl: null,
      query: { id: 'CST_T_9', sources: ['A'], sink: null, step: STEP },
    },
  };
  const state = after(...CHAIN, materialise, control('TERMINATE', null));
  expect([...state.queries.keys()]).toEqual(['CST_T_9']);
  expect(() => applyCommand(state, command(control('TERMINATE', 'CST_T_9')))).toThrow(
    "Cannot terminate query 'CST_T_9' because it is linked to a source table.",
  );
});

test('PAUSE and RESUME change how a query runs and not what it is', () => {
  const running = after(...CHAIN);
  const paused = applyCommand(running, command(control('PAUSE', null))).state;
  expect(paused.queries.get('CSAS_B_1')).toMatchObject({ paused: true });
  expect(paused.queries.get('CSAS_B_1')?.plan).toBe(running.queries.get('CSAS_B_1')?.plan);
  const resumed = applyCommand(paused, command(control('RESUME', 'CSAS_B_1'))).state;
  expect(resumed.queries.get('CSAS_B_1')).toMatchObject({ paused: false });
});
