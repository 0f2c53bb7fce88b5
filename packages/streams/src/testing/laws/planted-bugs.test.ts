import { expect, test } from 'vitest';
import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import { Suppressed } from '../../dsl/suppressed.ts';
import type { Change } from '../../operators/change.ts';
import { Serdes } from '../../serdes/serdes.ts';
import type { NodeSpec } from '../../topology/node-specs.ts';
import { type NodeContext, RunningNode } from '../../topology/running-node.ts';
import type { Topology } from '../../topology/topology.ts';
import { TimeWindows } from '../../windows/time-windows.ts';
import { checkDuality, checkLaw, type DualityOptions } from './check-duality.ts';
import { DualityError } from './duality-error.ts';
import type { LawName } from './law.ts';

// Each test plants one bug, of a user's function or of an operator, and says which law finds it.

const SEED = 20_260;
const text = { key: Serdes.string(), value: Serdes.string() };
const numbers = { key: Serdes.string(), value: Serdes.long() };

async function found(topology: Topology, law: LawName, options: DualityOptions = {}): Promise<DualityError> {
  const error = await checkDuality(topology, { seed: SEED, ...options }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DualityError);
  const failure = error as DualityError;
  expect(failure.law, failure.message).toBe(law);
  expect(failure.history.records.length, failure.message).toBeLessThanOrEqual(5);
  // What was shrunk breaks the law by itself, too.
  await expect(checkLaw(topology, law, failure.history, options)).rejects.toBeInstanceOf(DualityError);
  return failure;
}

async function holds(topology: Topology, options: DualityOptions = {}): Promise<void> {
  const report = await checkDuality(topology, { seed: SEED, ...options });
  expect(report.runs).toBeGreaterThan(50);
}

/** Puts another operator in the place of one of the topology's own. */
function replaced(topology: Topology, name: RegExp, change: (own: RunningNode) => RunningNode): Topology {
  const nodes = topology.nodes as Map<string, NodeSpec>;
  for (const [key, node] of nodes) {
    if (node.kind !== 'processor' || !name.test(key)) continue;
    nodes.set(key, { ...node, create: (own) => change(node.create(own)) });
  }
  return topology;
}

type Receive = (key: unknown, value: unknown, timestamp: number) => void;

/** Stands before an operator, or behind it, and changes what passes. */
function passing(own: RunningNode, change: (pass: Receive, ...record: Parameters<Receive>) => void): RunningNode {
  const receive = own.receive.bind(own);
  own.receive = (key, value, timestamp) => change(receive, key, value, timestamp);
  return own;
}

class Behind extends RunningNode {
  readonly #change: (pass: Receive, ...record: Parameters<Receive>) => void;

  constructor(change: (pass: Receive, ...record: Parameters<Receive>) => void) {
    super('behind');
    this.#change = change;
  }

  protected process(key: unknown, value: unknown, timestamp: number): void {
    this.#change((k, v, t) => this.forward(k, v, t), key, value, timestamp);
  }
}

/** What the operator sends goes through `change` before any child gets it. */
function sending(own: RunningNode, change: (pass: Receive, ...record: Parameters<Receive>) => void): RunningNode {
  const behind = new Behind(change);
  const init = own.init.bind(own);
  own.init = (context: NodeContext) => {
    behind.init(context);
    behind.children.push(...own.children.splice(0));
    own.children.push(behind);
    init(context);
  };
  return own;
}

function totals(subtractor: (key: string, value: number, total: number) => number): Topology {
  const builder = new StreamsBuilder();
  builder
    .table('orders', numbers)
    .groupBy((_key, value): [string, number] => [value > 0 ? 'many' : 'none', value], numbers)
    .aggregate(
      () => 0,
      (_key, value, total) => total + value,
      subtractor,
      { as: 'totals', ...numbers },
    );
  return builder.build();
}

test('a subtractor that takes the wrong value out is found by the fold of the rows', async () => {
  await holds(totals((_key, value, total) => total - value));
  await found(
    totals((_key, value, total) => total + value),
    'aggregate',
  );
  await found(
    totals((_key, _value, total) => total),
    'aggregate',
  );
  await found(
    totals((_key, _value, total) => total - 1),
    'aggregate',
  );
});

function copied(): Topology {
  const builder = new StreamsBuilder();
  builder
    .table('rows', { ...text, as: 'copy' })
    .toStream()
    .to('out', text);
  return builder.build();
}

test('a table that tells of no deletion is found by reading its changes as a table', async () => {
  await holds(copied());
  const deaf = replaced(copied(), /KTABLE-SOURCE/, (own) =>
    sending(own, (pass, key, value, timestamp) => {
      if ((value as Change).new !== null) pass(key, value, timestamp);
    }),
  );
  await found(deaf, 'stream-table');
});

test('a cache that a commit does not flush is found by what has left', async () => {
  await found(copied(), 'changelog', { faults: { forgetsToFlush: true } });
});

test('a deletion that does not reach the changelog is found by the fold of the changelog', async () => {
  await found(copied(), 'changelog', { faults: { losesFromChangelog: (_store, value) => value === null } });
});

function windowed(): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream('clicks', text)
    .groupByKey(text)
    .windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
    .count({ as: 'counts' })
    .toStream()
    .foreach(() => {});
  return builder.build();
}

test('a window whose end is off by one is found by counting anew', async () => {
  await holds(windowed());
  const late = replaced(windowed(), /KSTREAM-AGGREGATE/, (own) =>
    passing(own, (pass, key, value, timestamp) => pass(key, value, timestamp % 10 === 9 ? timestamp + 1 : timestamp)),
  );
  await found(late, 'aggregate');
});

test('a change with a stale old value is found by the change before it', async () => {
  const builder = new StreamsBuilder();
  builder
    .table('rows', { ...text, as: 'copy' })
    .groupBy((key, value): [string, string] => [value, key], text)
    .count({ as: 'counts' });
  const first = new Map<unknown, unknown>();
  const stale = replaced(builder.build(), /KTABLE-SOURCE/, (own) => {
    first.clear();
    return sending(own, (pass, key, value, timestamp) => {
      const { old } = value as Change;
      if (old !== null && !first.has(key)) first.set(key, old);
      pass(key, { ...(value as Change), old: old === null ? null : first.get(key) }, timestamp);
    });
  });
  await found(stale, 'stream-table');
});

function joined(): Topology {
  const builder = new StreamsBuilder();
  const left = builder.table('left', text);
  left
    .join(builder.table('right', text), (a, b) => `${a}${b}`)
    .toStream()
    .to('out', text);
  return builder.build();
}

test('a join that forgets that a side was deleted is found by the join of the two sides', async () => {
  await holds(joined());
  const forgetful = replaced(joined(), /KTABLE-JOINOTHER/, (own) =>
    passing(own, (pass, key, value, timestamp) => {
      if ((value as Change).new !== null) pass(key, value, timestamp);
    }),
  );
  await found(forgetful, 'join');
});

function finals(): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream('clicks', text)
    .groupByKey(text)
    .windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
    .emitStrategy('on-window-close')
    .count({ as: 'counts' })
    .toStream()
    .foreach(() => {});
  return builder.build();
}

test('a window that leaves twice, and one that never leaves, are found by the finals', async () => {
  await holds(finals());
  const twice = replaced(finals(), /KSTREAM-AGGREGATE/, (own) =>
    sending(own, (pass, key, value, timestamp) => {
      pass(key, value, timestamp);
      pass(key, value, timestamp);
    }),
  );
  await found(twice, 'finals');
  const lossy = replaced(finals(), /KSTREAM-AGGREGATE/, (own) =>
    sending(own, (pass, key, value, timestamp) => {
      if ((key as { window: { startMs: number } }).window.startMs !== 10) pass(key, value, timestamp);
    }),
  );
  await found(lossy, 'finals');
});

test('a suppression that lets a window out before it has closed is found by the finals', async () => {
  const suppressed = (): Topology => {
    const builder = new StreamsBuilder();
    builder
      .stream('clicks', text)
      .groupByKey(text)
      .windowedBy(TimeWindows.ofSizeAndGrace(10, 5))
      .count({ as: 'counts' })
      .suppress(Suppressed.untilWindowCloses())
      .toStream()
      .foreach(() => {});
    return builder.build();
  };
  await holds(suppressed());
  const hasty = replaced(suppressed(), /KTABLE-SUPPRESS/, (own) =>
    passing(own, (pass, key, value, timestamp) => pass(key, value, timestamp + 4)),
  );
  await found(hasty, 'finals');
});

function last(): Topology {
  const builder = new StreamsBuilder();
  builder
    .stream('moves', text)
    .groupBy((_key, value) => value.slice(0, 1), text)
    .reduce((_before, value) => value, { as: 'last' });
  return builder.build();
}

test('a reducer that goes by the order across partitions is found where the order must not matter', async () => {
  const report = await checkDuality(last(), { seed: SEED });
  const { checked, notApplicable } = report.laws.find(({ law }) => law === 'interleaving')!;
  expect(checked).toEqual([]);
  expect(notApplicable[0]!.reason).toMatch(/order of records/);
  await found(last(), 'interleaving', { require: ['interleaving'] });
});

test('a function that is not deterministic is found by the second run', async () => {
  let calls = 0;
  const builder = new StreamsBuilder();
  builder
    .stream('in', text)
    .mapValues((value) => `${value}${calls++}`)
    .to('out', text);
  await found(builder.build(), 'determinism');
});

test('state that is kept in a variable is found by a restart', async () => {
  const builder = new StreamsBuilder();
  builder
    .table('names', { ...text, as: 'names' })
    .toStream()
    .to('out', text);
  const numbering = replaced(builder.build(), /KTABLE-SOURCE/, (own) => {
    let seen = 0;
    return passing(own, (pass, key, value, timestamp) => {
      pass(key, value === null ? null : `${value}${++seen}`, timestamp);
    });
  });
  await found(numbering, 'restart');
});
