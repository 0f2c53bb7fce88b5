import type { Change } from '../../operators/change.ts';
import type { StoreSpec } from '../../state/store-spec.ts';
import { type Breach, type Circumstances, checked, difference, type Law, notApplicable, type Subject } from './law.ts';
import type { NodeOf, TopologyModel } from './model.ts';
import { type Observation, passedAt, rowsOf } from './observation.ts';
import { into } from './probe.ts';
import { keptFromMs, recompute } from './recompute.ts';
import { textOf } from './text-of.ts';
import { groupAbove, throughBytes } from './user-function-facts.ts';

type OfStream = NodeOf<'stream-aggregate' | 'cogroup'>;
type OfTable = NodeOf<'table-aggregate'>;

/** An aggregate is what aggregating anew gives: the accepted records of a stream, or the present rows of a table. */
export const aggregateLaw: Law = {
  name: 'aggregate',
  says: 'An aggregate is the fold of the records that were accepted, and of a table the fold of its present rows.',
  applies: (circumstances) => {
    const { model } = circumstances;
    if (model.origin === null)
      return [notApplicable('the topology', 'it was put together by hand: no aggregation is known')];
    return [
      ...model.nodesOf('stream-aggregate', 'cogroup').map((node) => ofStream(model, node)),
      ...model.nodesOf('table-aggregate').map((node) => ofTable(circumstances, node)),
    ];
  },
  breach(trial, subject) {
    const { model } = trial;
    const stream = model
      .nodesOf('stream-aggregate', 'cogroup')
      .find(({ operation }) => operation.store.name === subject);
    if (stream !== undefined) return breachOfStream(stream, model.storeOf(stream.operation)!, trial.run());
    const table = model.nodesOf('table-aggregate').find(({ operation }) => operation.store.name === subject)!;
    return breachOfTable(model, table, trial.run()) ?? breachOfTable(model, table, trial.run({ cached: true }));
  },
};

function ofStream(model: TopologyModel, { operation }: OfStream): Subject {
  const { name } = operation.store;
  const spec = model.storeOf(operation);
  if (spec?.kind === 'versioned')
    return notApplicable(name, 'it keeps a history: a late record changes no present row');
  switch (operation.grouping.kind) {
    case 'sliding':
      return notApplicable(name, 'sliding windows are not recomputed');
    case 'session':
      // A late record may meet a session that the store has given up already.
      return checked(name, true);
    default:
      return checked(name);
  }
}

function ofTable({ model, facts, isRequired }: Circumstances, node: OfTable): Subject {
  const { name } = node.operation.store;
  const above = model.lineage(node.id);
  if (above.some(({ operation }) => model.storeOf(operation)?.kind === 'versioned')) {
    return notApplicable(name, 'a table above it keeps a history: late changes change no present row');
  }
  if (above.some(({ operation }) => operation.kind === 'table-transform-values')) {
    return notApplicable(name, 'a transformer above it may give one row several values');
  }
  if (!isRequired && !facts.isOrderInsensitive(node.id)) {
    return notApplicable(
      name,
      'its adder depends on the order of the rows, or cannot be undone: it is a history, not a function of them',
    );
  }
  return checked(name);
}

function breachOfStream(node: OfStream, spec: StoreSpec, observation: Observation): Breach | null {
  const { rows: expected, latestMs } = recompute(node, spec, observation);
  const rows = rowsOf(observation, spec.name);
  const kept = keptFromMs(spec, [latestMs]);
  for (const keyText of new Set([...expected.keys(), ...rows.keys()])) {
    const wanted = expected.get(keyText);
    const wantedText = wanted === undefined ? 'nothing' : textOf(wanted.value);
    const got = rows.get(keyText)?.valueText ?? 'nothing';
    if (got === wantedText) continue;
    if (got === 'nothing' && wanted?.timeMs != null && wanted.timeMs <= kept) continue;
    return { subject: spec.name, finding: `${keyText}: the accepted records give ${wantedText}, the store has ${got}` };
  }
  return null;
}

function breachOfTable(model: TopologyModel, node: OfTable, observation: Observation): Breach | null {
  const { operation } = node;
  const spec = model.storeOf(operation)!;
  const { name, mapper } = groupAbove(model, node.id)!;
  const source = new Map<string, readonly [key: unknown, value: unknown]>();
  for (const { key, value } of passedAt(observation, into(name))) {
    source.set(textOf(key), [key, (value as Change).new]);
  }
  const groups = new Map<string, unknown>();
  for (const [key, value] of source.values()) {
    if (value === null) continue;
    const [groupKey = null, groupValue = null] = mapper(key, value);
    if (groupKey === null || groupValue === null) continue;
    const text = textOf(groupKey);
    const before = groups.get(text) ?? operation.initializer?.() ?? null;
    groups.set(
      text,
      throughBytes(spec.valueSerde, before === null ? groupValue : operation.adder(groupKey, groupValue, before)),
    );
  }
  const rows = rowsOf(observation, spec.name);
  const expected = new Map([...groups].map(([key, value]) => [key, textOf(value)]));
  const actual = new Map([...rows].map(([key, { valueText }]) => [key, valueText]));
  for (const key of rows.keys()) {
    if (expected.has(key)) continue;
    // A group that has lost its last row: back at the beginning, where the beginning is known.
    if (operation.initializer === null) actual.delete(key);
    else expected.set(key, textOf(throughBytes(spec.valueSerde, operation.initializer())));
  }
  return difference(spec.name, expected, actual, { expected: "the table's rows give", actual: 'the store has' });
}
