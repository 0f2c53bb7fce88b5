import type { LogicalNode } from '../../graph/nodes.ts';
import type { Change } from '../../operators/change.ts';
import { type Breach, checked, difference, type Law, notApplicable, type Subject } from './law.ts';
import type { NodeOf, TopologyModel } from './model.ts';
import { type Observation, type Passed, passedAt } from './observation.ts';
import { into, outOf } from './probe.ts';
import { textOf } from './text-of.ts';
import type { Trial } from './trial.ts';

type TableJoin = NodeOf<'table-join' | 'foreign-key-join'>;
type Join = NodeOf<'table-join' | 'foreign-key-join' | 'stream-table-join' | 'stream-join'>;

/** A join is the relational join of its sides: of tables when all has come to rest, of streams record by record. */
export const joinLaw: Law = {
  name: 'join',
  says: 'A join is the relational join of its two sides.',
  applies: ({ model }) => {
    if (model.origin === null) return [notApplicable('the topology', 'it was put together by hand: no join is known')];
    const global = model
      .nodesOf('stream-global-join')
      .map(({ operation }) => notApplicable(operation.name, 'a global table is filled apart from the stream'));
    return [...joinsOf(model).map((node) => subjectOf(model, node)), ...global];
  },
  breach(trial, subject) {
    const node = joinsOf(trial.model).find((join) => nameOf(join) === subject)!;
    switch (node.operation.kind) {
      case 'stream-join':
        return breachOfStreams(node as NodeOf<'stream-join'>, trial.model, trial.run());
      case 'stream-table-join':
        return breachOfStreamTable(node as NodeOf<'stream-table-join'>, trial.model, trial.run());
      default:
        return breachOfTables(node as TableJoin, trial);
    }
  },
};

function joinsOf(model: TopologyModel): Join[] {
  return model.nodesOf('table-join', 'foreign-key-join', 'stream-table-join', 'stream-join');
}

function nameOf({ operation }: Join): string {
  if (operation.kind === 'stream-table-join') return operation.name;
  return operation.kind === 'foreign-key-join' ? operation.names.output : operation.mergeName;
}

function subjectOf(model: TopologyModel, node: Join): Subject {
  const { operation, inputs } = node;
  const name = nameOf(node);
  const lineage = (side: number) => model.lineage(inputs[side]!.from);
  if (operation.kind === 'stream-join') {
    const { beforeMs, afterMs, graceMs } = operation.windows;
    return Math.min(beforeMs, afterMs) + graceMs > 0
      ? checked(name, true)
      : notApplicable(name, 'without reach and grace its stores give up records on the very edge of the window');
  }
  if (operation.kind === 'stream-table-join') {
    if (operation.graceMs !== null)
      return notApplicable(name, 'with a grace period it joins by time, not with the present row');
    const stream = new Set(lineage(0).map(({ id }) => id));
    if (lineage(1).some(({ id }) => stream.has(id))) {
      return notApplicable(
        name,
        'both sides come from one source: which is further on is a matter of order inside a record',
      );
    }
  }
  if (isOfOneSource(model, node)) {
    return notApplicable(name, 'both sides come from one source: a deletion finds the other side gone already');
  }
  const tables = operation.kind === 'stream-table-join' ? lineage(1) : [...lineage(0), ...lineage(1)];
  for (const above of tables) {
    const spec = model.storeOf(above.operation);
    if (spec?.kind === 'versioned') return notApplicable(name, 'a table above it keeps a history: it joins by time');
    if (spec?.kind === 'window' || spec?.kind === 'session')
      return notApplicable(name, 'rows of its windowed sides are given up in time');
    if (isOfOneSource(model, above)) return notApplicable(name, 'a table above it joins one source with itself');
    if (above.operation.kind === 'suppress')
      return notApplicable(name, 'a side is suppressed: the row shown is not the last one told');
    if (above.operation.kind === 'table-transform-values') {
      return notApplicable(name, 'a side is transformed with a context: its rows may differ from time to time');
    }
  }
  return checked(name);
}

function isOfOneSource(
  model: TopologyModel,
  { operation, inputs }: Pick<LogicalNode, 'operation' | 'inputs'>,
): boolean {
  if (operation.kind !== 'table-join') return false;
  const left = new Set(model.lineage(inputs[0]!.from).map(({ id }) => id));
  return model.lineage(inputs[1]!.from).some(({ id }) => left.has(id));
}

type Side = ReadonlyMap<string, readonly [key: unknown, value: unknown]>;

function sideOf(observation: Observation, place: string): Side {
  const rows = new Map<string, readonly [unknown, unknown]>();
  for (const { key, value } of passedAt(observation, place)) {
    const change = value as Change;
    if (key === null || !change.isLatest) continue;
    if (change.new === null) rows.delete(textOf(key));
    else rows.set(textOf(key), [key, change.new]);
  }
  return rows;
}

function texts(side: Side): Map<string, string> {
  return new Map([...side].map(([key, [, value]]) => [key, textOf(value)]));
}

function breachOfTables(node: TableJoin, trial: Trial): Breach | null {
  const { model } = trial;
  const observation = trial.run();
  const [left, right] = node.inputs.map(({ from }) => sideOf(observation, outOf(model.outputOf(from)!)));
  const expected = new Map<string, string>();
  for (const [key, value] of joined(node, left!, right!)) {
    const text = textOf(value);
    if (text !== 'null') expected.set(key, text);
  }
  const actual = texts(sideOf(observation, outOf(model.outputOf(node.id)!)));
  const words = { expected: 'the two sides give', actual: 'the join ends with' };
  return difference(nameOf(node), expected, actual, words);
}

function* joined({ operation }: TableJoin, left: Side, right: Side): Generator<readonly [string, unknown]> {
  const { join, joiner } = operation;
  if (operation.kind === 'foreign-key-join') {
    for (const [text, [key, value]] of left) {
      const foreignKey = operation.foreignKey(value, key) ?? null;
      const other = foreignKey === null ? undefined : right.get(textOf(foreignKey));
      if (other !== undefined || join === 'left') yield [text, joiner(value, other?.[1] ?? null)];
    }
    return;
  }
  for (const text of new Set([...left.keys(), ...right.keys()])) {
    const own = left.get(text)?.[1] ?? null;
    const other = right.get(text)?.[1] ?? null;
    if (own === null && join !== 'outer') continue;
    if (other === null && join === 'inner') continue;
    yield [text, joiner(own, other)];
  }
}

/** Each record meets the row that the table has at that moment. */
function breachOfStreamTable(
  node: NodeOf<'stream-table-join'>,
  model: TopologyModel,
  observation: Observation,
): Breach | null {
  const { operation, inputs } = node;
  const { join, joiner, name } = operation;
  const changes = passedAt(observation, outOf(model.outputOf(inputs[1]!.from)!)).map((passed) => ({
    passed,
    isRow: true,
  }));
  const records = passedAt(observation, into(name)).map((passed) => ({ passed, isRow: false }));
  const table = new Map<string, unknown>();
  const expected: string[] = [];
  for (const { passed, isRow } of [...changes, ...records].sort((a, b) => a.passed.sequence - b.passed.sequence)) {
    const { key, value } = passed;
    if (isRow) {
      table.set(textOf(key), (value as Change).new);
      continue;
    }
    const row = key === null ? null : (table.get(textOf(key)) ?? null);
    if (value === null || (join === 'inner' && row === null)) continue;
    expected.push(`(${textOf(key)}, ${textOf(joiner(value, row, key))})`);
  }
  const actual = passedAt(observation, outOf(name)).map(recordText);
  return firstDifference(name, expected, actual);
}

/** Every pair within the window, once; those of a left or outer join that found no match come beside them. */
function breachOfStreams(node: NodeOf<'stream-join'>, model: TopologyModel, observation: Observation): Breach | null {
  const { windows, joiner, join, selfJoin, thisWindowedName, otherWindowedName } = node.operation;
  const usable = (place: string) =>
    passedAt(observation, place).filter(({ key, value }) => key !== null && value !== null);
  const left = usable(into(thisWindowedName));
  const right = selfJoin ? left : usable(into(otherWindowedName));
  // Above it a join or a suppression may have made late ones of them.
  if (!areInOrder([...left, ...right])) return null;
  const expected = left.flatMap((own) =>
    right
      .filter(({ key, timestamp }) => {
        const isNear = timestamp >= own.timestamp - windows.beforeMs && timestamp <= own.timestamp + windows.afterMs;
        return isNear && textOf(key) === textOf(own.key);
      })
      .map((other) => `(${textOf(own.key)}, ${textOf(joiner(own.value, other.value, own.key))})`),
  );
  const results = passedAt(observation, outOf(model.outputOf(node.id)!)).map(recordText);
  const actual = [...results];
  for (const pair of expected) {
    const at = actual.indexOf(pair);
    if (at < 0)
      return {
        subject: nameOf(node),
        finding: `the sides give ${pair}, which did not leave the join, or not as often`,
      };
    actual.splice(at, 1);
  }
  if (join !== 'inner' || actual.length === 0) return null;
  return { subject: nameOf(node), finding: `${actual[0]} left the join, which the sides do not give, or not as often` };
}

function areInOrder(passed: readonly Passed[]): boolean {
  const inOrder = [...passed].sort((a, b) => a.sequence - b.sequence);
  return inOrder.every(({ timestamp }, at) => at === 0 || timestamp >= inOrder[at - 1]!.timestamp);
}

function recordText({ key, value }: Passed): string {
  return `(${textOf(key)}, ${textOf(value)})`;
}

function firstDifference(subject: string, expected: readonly string[], actual: readonly string[]): Breach | null {
  for (let at = 0; at < Math.max(expected.length, actual.length); at++) {
    if (expected[at] === actual[at]) continue;
    const words = `should be ${expected[at] ?? 'missing'} and is ${actual[at] ?? 'missing'}`;
    return { subject, finding: `record ${at} that leaves the join ${words}` };
  }
  return null;
}
