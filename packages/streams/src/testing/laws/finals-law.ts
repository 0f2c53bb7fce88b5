import type { Operation } from '../../graph/nodes.ts';
import { windowGraceMs } from '../../graph/window-grace.ts';
import type { Change } from '../../operators/change.ts';
import type { Windowed } from '../../state/stores.ts';
import { type Breach, checked, type Law, notApplicable, type Subject } from './law.ts';
import type { NodeOf, TopologyModel } from './model.ts';
import { type Observation, type Passed, passedAt } from './observation.ts';
import { into, outOf } from './probe.ts';
import { recompute } from './recompute.ts';
import { textOf } from './text-of.ts';

type Aggregate = NodeOf<'stream-aggregate'>;
type Suppress = NodeOf<'suppress'>;

/** A window's final result: which it is, and whether it must have left by now. */
type Final = { readonly valueText: string; readonly isClosed: boolean };

/** What leaves when a window has closed leaves once, is the final result, and comes for every window. */
export const finalsLaw: Law = {
  name: 'finals',
  says: 'Every window that has closed leaves once, with its final result; none is lost.',
  applies: ({ model }) => [
    ...finalAggregates(model).map((node) => ofAggregate(model, node)),
    ...model
      .nodesOf('suppress')
      .filter(({ operation }) => operation.suppression.waitMs === null)
      .map((node) => ofSuppress(model, node)),
  ],
  breach(trial, subject) {
    const { model } = trial;
    const observation = trial.run();
    const aggregate = finalAggregates(model).find(({ operation }) => operation.name === subject);
    if (aggregate !== undefined) {
      const emitted = passedAt(observation, outOf(subject));
      return compare(subject, finalsOfAggregate(model, aggregate, observation), emitted);
    }
    const suppress = model.nodesOf('suppress').find(({ operation }) => operation.name === subject)!;
    return compare(subject, finalsOfSuppress(model, suppress, observation), passedAt(observation, outOf(subject)));
  },
};

function finalAggregates(model: TopologyModel): Aggregate[] {
  return model.nodesOf('stream-aggregate').filter(({ operation }) => emitOf(operation) !== 'on-window-update');
}

function emitOf({ grouping }: Aggregate['operation']): string {
  return grouping.kind === 'key' ? 'on-window-update' : grouping.emit;
}

function ofAggregate(model: TopologyModel, { operation }: Aggregate): Subject {
  if (emitOf(operation) === 'on-window-close-like-kafka') {
    return notApplicable(operation.name, 'like Kafka it may lose windows that fall out of the retention as they close');
  }
  if (operation.grouping.kind === 'sliding') return notApplicable(operation.name, 'sliding windows are not recomputed');
  if (operation.grouping.kind === 'time' && operation.grouping.windows.kind === 'unlimited') {
    return notApplicable(operation.name, 'its windows never close');
  }
  return checked(operation.name, operation.grouping.kind === 'session' && model.origin !== null);
}

const PASSING: readonly Operation['kind'][] = ['table-filter', 'table-map-values', 'repartition'];

function ofSuppress(model: TopologyModel, { operation, inputs }: Suppress): Subject {
  const { name, suppression } = operation;
  const { recordsMax, bytesMax } = suppression.buffer;
  if (Number.isFinite(recordsMax) && recordsMax < Number.MAX_SAFE_INTEGER)
    return notApplicable(name, 'its buffer is limited');
  if (Number.isFinite(bytesMax) && bytesMax < Number.MAX_SAFE_INTEGER)
    return notApplicable(name, 'its buffer is limited');
  let node = model.node(inputs[0]!.from);
  while (PASSING.includes(node.operation.kind)) node = model.node(node.inputs[0]!.from);
  const { operation: above } = node;
  if (above.kind !== 'stream-aggregate') {
    return notApplicable(
      name,
      'between it and the windows stands more than filters and mappings, with a time of its own',
    );
  }
  if (above.grouping.kind === 'sliding') {
    return notApplicable(name, 'a sliding window ends with its last record: it leaves as that record comes');
  }
  return checked(name, above.grouping.kind === 'session');
}

function finalsOfAggregate(model: TopologyModel, node: Aggregate, observation: Observation): Map<string, Final> {
  const { grouping } = node.operation;
  const { rows, streamTimeMs } = recompute(node, model.storeOf(node.operation)!, observation);
  return new Map(
    [...rows.values()].map(({ key, value, taskId }) => {
      const timeMs = streamTimeMs.get(taskId)!;
      const { endMs } = (key as Windowed<unknown>).window;
      const graceMs = grouping.kind === 'key' ? 0 : grouping.windows.graceMs;
      const isClosed =
        // A session's end is its last record: it may grow until the gap has passed.
        grouping.kind === 'session'
          ? endMs < timeMs - graceMs - grouping.windows.inactivityGapMs
          : endMs <= timeMs - graceMs;
      return [nameOf(key), { valueText: textOf(value), isClosed }];
    }),
  );
}

function finalsOfSuppress(
  model: TopologyModel,
  { operation, inputs }: Suppress,
  observation: Observation,
): Map<string, Final> {
  const graceMs = windowGraceMs(model.origin!.graph, inputs[0]!.from);
  const changes = passedAt(observation, into(operation.name));
  const streamTimeMs = new Map<string, number>();
  for (const { taskId, timestamp } of changes) {
    streamTimeMs.set(taskId, Math.max(streamTimeMs.get(taskId) ?? -1, timestamp));
  }
  const finals = new Map<string, Final>();
  for (const { key, value, taskId } of changes) {
    const { endMs } = (key as Windowed<unknown>).window;
    const isClosed = endMs <= streamTimeMs.get(taskId)! - graceMs;
    finals.set(nameOf(key), { valueText: textOf((value as Change).new), isClosed });
  }
  return finals;
}

function nameOf(key: unknown): string {
  const { key: inner, window } = key as Windowed<unknown>;
  return `${textOf(inner)} @ ${window.startMs}..${window.endMs}`;
}

function compare(subject: string, finals: ReadonlyMap<string, Final>, emitted: readonly Passed[]): Breach | null {
  const left = new Map<string, string>();
  for (const { key, value } of emitted) {
    const name = nameOf(key);
    const text = textOf((value as Change).new);
    if (left.has(name))
      return { subject, finding: `window ${name} left twice, with ${left.get(name)} and with ${text}` };
    left.set(name, text);
    const final = finals.get(name);
    if (final?.valueText !== text) {
      return {
        subject,
        finding: `window ${name} left with ${text}, but its final result is ${final?.valueText ?? 'nothing'}`,
      };
    }
    if (!final.isClosed) return { subject, finding: `window ${name} left with ${text} before it was closed` };
  }
  for (const [name, { valueText, isClosed }] of finals) {
    if (isClosed && valueText !== 'null' && !left.has(name)) {
      return { subject, finding: `window ${name} has closed with ${valueText} and never left` };
    }
  }
  return null;
}
