import type { Operation } from '../../graph/nodes.ts';
import type { Change } from '../../operators/change.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import { type Breach, checked, type Law, notApplicable, type Subject } from './law.ts';
import type { NodeOf, TopologyModel } from './model.ts';
import { type Observation, type Passed, passedAt, rowsOf } from './observation.ts';
import { outOf } from './probe.ts';
import { keyTextOf } from './read-rows.ts';
import { keptFromMs } from './recompute.ts';
import { textOf } from './text-of.ts';

const TABLES = [
  'table-source',
  'to-table',
  'stream-aggregate',
  'cogroup',
  'table-filter',
  'table-map-values',
  'table-transform-values',
  'table-aggregate',
  'table-join',
  'foreign-key-join',
] as const satisfies readonly Operation['kind'][];

type Table = NodeOf<(typeof TABLES)[number]>;

/** A table read as a stream of its changes, and that stream read as a table, is the table. */
export const streamTableLaw: Law = {
  name: 'stream-table',
  says: 'toStream and then toTable give the table back, and the old value of a change is what was there before.',
  applies: ({ model }) => {
    if (model.origin === null) return [notApplicable('the topology', 'it was put together by hand: no table is known')];
    return model.nodesOf(...TABLES).flatMap((node): Subject[] => subjectOf(model, node));
  },
  breach(trial, subject) {
    const { model } = trial;
    const node = model.nodesOf(...TABLES).find(({ operation }) => model.storeOf(operation)?.name === subject)!;
    const spec = model.storeOf(node.operation)!;
    const place = outOf(model.outputOf(node.id)!);
    const plain = trial.run();
    return (
      staleOldValue(node, spec, passedAt(plain, place)) ??
      notTheTable(spec, plain, place) ??
      notTheTable(spec, trial.run({ cached: true }), place)
    );
  },
};

function subjectOf(model: TopologyModel, node: Table): Subject[] {
  const { operation, id } = node;
  const spec = model.storeOf(operation);
  if (spec === null || model.outputOf(id) === null) return [];
  if (spec.kind === 'versioned')
    return [notApplicable(spec.name, 'it keeps a history: a late change is no change of the present')];
  if ('grouping' in operation && 'emit' in operation.grouping && operation.grouping.emit !== 'on-window-update') {
    return [notApplicable(spec.name, 'only final results leave it')];
  }
  return [checked(spec.name)];
}

function notTheTable(spec: StoreSpec, observation: Observation, place: string): Breach | null {
  const changes = passedAt(observation, place);
  const table = new Map<string, { readonly valueText: string; readonly timeMs: number | null }>();
  for (const { key, value } of changes) {
    if ((value as Change).isLatest) {
      table.set(keyTextOf(spec, key), { valueText: textOf((value as Change).new), timeMs: timeOf(spec, key) });
    }
  }
  const rows = rowsOf(observation, spec.name);
  const kept = keptFromMs(
    spec,
    [...table.values()].map(({ timeMs }) => timeMs),
  );
  for (const keyText of new Set([...table.keys(), ...rows.keys()])) {
    const row = rows.get(keyText)?.valueText ?? 'null';
    const told = table.get(keyText);
    if (row === (told?.valueText ?? 'null')) continue;
    if (row === 'null' && told?.timeMs != null && told.timeMs <= kept) continue;
    return {
      subject: spec.name,
      finding: `${keyText}: the table has ${row}, its changes end with ${told?.valueText ?? 'null'}`,
    };
  }
  return null;
}

function timeOf(spec: StoreSpec, key: unknown): number | null {
  if (spec.kind !== 'window' && spec.kind !== 'session') return null;
  const { window } = key as { readonly window: { readonly startMs: number; readonly endMs: number } };
  return spec.kind === 'window' ? window.startMs : window.endMs;
}

/**
 * Where a store of its own says what was before. An aggregation without a row counts what its initializer gives as the
 * old value; a sliding window may take a record twice; joins and derived tables look the old value up, at a time when
 * the other side may be further on.
 */
function staleOldValue(node: Table, spec: StoreSpec, changes: readonly Passed[]): Breach | null {
  const { kind } = node.operation;
  if (kind !== 'table-source' && kind !== 'to-table' && kind !== 'stream-aggregate' && kind !== 'table-aggregate')
    return null;
  const isSliding = 'grouping' in node.operation && node.operation.grouping.kind === 'sliding';
  if (isSliding) return null;
  const before = new Map<string, string>();
  for (const { key, value } of changes) {
    const change = value as Change;
    const keyText = keyTextOf(spec, key);
    const known = before.get(keyText) ?? 'null';
    if (change.old !== null && known !== 'null' && textOf(change.old) !== known) {
      return {
        subject: spec.name,
        finding: `${keyText}: a change says that ${textOf(change.old)} was there before, but it was ${known}`,
      };
    }
    before.set(keyText, textOf(change.new));
  }
  return null;
}
