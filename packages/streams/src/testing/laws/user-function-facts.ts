import type { Change } from '../../operators/change.ts';
import type { Fn3 } from '../../operators/user-functions.ts';
import type { Serde } from '../../serdes/serde.ts';
import type { NodeOf, TopologyModel } from './model.ts';
import { type Observation, passedAt } from './observation.ts';
import { into } from './probe.ts';
import { textOf } from './text-of.ts';

/** What was found out about user functions by calling them with what reached them in sample runs. */
export type UserFunctionFacts = {
  /** Whether an aggregate is the same in whatever order its values came; of a table: by its adder. By logical node. */
  isOrderInsensitive(id: number): boolean;
};

type Aggregating = NodeOf<'stream-aggregate' | 'cogroup' | 'table-aggregate'>;

/** A value that reached an aggregation, with the function that takes it. */
type Sample = { readonly key: unknown; readonly value: unknown; readonly aggregator: Fn3 };

/** Of each function. */
const VALUES_MAX = 5;

export function factsOf(model: TopologyModel, runs: readonly Observation[]): UserFunctionFacts {
  const answers = new Map<number, boolean>();
  for (const node of model.nodesOf('stream-aggregate', 'cogroup', 'table-aggregate')) {
    answers.set(node.id, isOrderInsensitive(model, node, runs));
  }
  return { isOrderInsensitive: (id) => answers.get(id) === true };
}

function isOrderInsensitive(model: TopologyModel, node: Aggregating, runs: readonly Observation[]): boolean {
  const spec = model.storeOf(node.operation);
  const samples = distinct(samplesOf(model, node, runs));
  // One value alone says nothing.
  if (spec === null || samples.length < 2) return false;
  const fold = (order: readonly Sample[]): string =>
    textOf(order.reduce<unknown>((aggregate, sample) => applied(node, sample, aggregate, spec.valueSerde), null));
  try {
    if (isReductionOfTable(node) && !isCancellative(samples, fold)) return false;
    return samples.every((a) =>
      samples.every((b) =>
        samples.every((c) => fold([a, b, c]) === fold([b, a, c]) && fold([a, b, c]) === fold([c, a, b])),
      ),
    );
  } catch {
    return false;
  }
}

function isReductionOfTable({ operation }: Aggregating): boolean {
  return operation.kind === 'table-aggregate' && operation.initializer === null;
}

/** Whether different values leave different sums: otherwise no subtractor could take back what was added. */
function isCancellative(samples: readonly Sample[], fold: (order: readonly Sample[]) => string): boolean {
  return samples.every((sum) => new Set(samples.map((added) => fold([sum, added]))).size === samples.length);
}

function applied({ operation }: Aggregating, sample: Sample, before: unknown, serde: Serde<unknown>): unknown {
  const initializer = operation.kind === 'stream-aggregate' ? operation.aggregation.initializer : operation.initializer;
  if (before === null && initializer === null) return throughBytes(serde, sample.value);
  return throughBytes(serde, sample.aggregator(sample.key, sample.value, before ?? initializer!()));
}

/** What an aggregate is when it has been in a store; never the object that user code may change. */
export function throughBytes(serde: Serde<unknown>, value: unknown): unknown {
  return value === null || value === undefined ? null : serde.deserialize(serde.serialize(value, ''), '');
}

function samplesOf(model: TopologyModel, { id, operation }: Aggregating, runs: readonly Observation[]): Sample[] {
  const reached = (name: string) => runs.flatMap((run) => passedAt(run, into(name)));
  switch (operation.kind) {
    case 'stream-aggregate': {
      const { aggregator } = operation.aggregation;
      return reached(operation.name).map(({ key, value }) => ({ key, value, aggregator }));
    }
    case 'cogroup':
      return operation.names.flatMap((name, index) =>
        reached(name).map(({ key, value }) => ({ key, value, aggregator: operation.aggregators[index]! })),
      );
    case 'table-aggregate': {
      const group = groupAbove(model, id);
      if (group === null) return [];
      return reached(group.name).flatMap(({ key, value }) => {
        const row = (value as Change).new;
        if (row === null) return [];
        const [groupKey, groupValue] = group.mapper(key, row);
        return [{ key: groupKey, value: groupValue, aggregator: operation.adder }];
      });
    }
  }
}

/** The grouping that feeds an aggregation of a table. */
export function groupAbove(model: TopologyModel, id: number): NodeOf<'table-group'>['operation'] | null {
  const found = model.lineage(id).find(({ operation }) => operation.kind === 'table-group');
  return found?.operation.kind === 'table-group' ? found.operation : null;
}

/** A few values for each function, as different as they come. */
function distinct(samples: readonly Sample[]): Sample[] {
  const byFunction = new Map<Fn3, Map<string, Sample>>();
  for (const sample of samples) {
    if (sample.key === null || sample.value === null) continue;
    const byText = byFunction.get(sample.aggregator) ?? new Map<string, Sample>();
    byFunction.set(sample.aggregator, byText);
    if (byText.size < VALUES_MAX) byText.set(textOf(sample.value), sample);
  }
  return [...byFunction.values()].flatMap((byText) => [...byText.values()]);
}
