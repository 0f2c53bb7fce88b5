import { assert } from '@millrace/base';
import {
  CogroupedKStream,
  SessionWindowedCogroupedKStream,
  TimeWindowedCogroupedKStream,
} from '../../dsl/cogrouped-kstream.ts';
import { GlobalKTable } from '../../dsl/global-ktable.ts';
import { KGroupedStream } from '../../dsl/kgrouped-stream.ts';
import { KGroupedTable } from '../../dsl/kgrouped-table.ts';
import { KStream } from '../../dsl/kstream.ts';
import { KTable } from '../../dsl/ktable.ts';
import { SessionWindowedKStream } from '../../dsl/session-windowed-kstream.ts';
import { StreamsBuilder } from '../../dsl/streams-builder.ts';
import { Suppressed } from '../../dsl/suppressed.ts';
import { TimeWindowedKStream } from '../../dsl/time-windowed-kstream.ts';
import type { ExtractableRecord, TimestampExtractor } from '../../topology/node-specs.ts';
import type { Topology } from '../../topology/topology.ts';
import { anySerde, textOf } from './any-serde.ts';
import type { Case, CaseOperation } from './case.ts';
import { joinWindows, windowsOf } from './case-windows.ts';
import {
  aggregators,
  firstCharacter,
  flatMappers,
  flatValueMappers,
  foreignKeys,
  initializers,
  joiners,
  keySelectors,
  mergers,
  orEmpty,
  pairMappers,
  pick,
  predicates,
  reducers,
  valueMappers,
} from './functions.ts';
import { fixedKeyProcessor, processor, transformer } from './processors.ts';
import { streamsOfSourceRecords } from './shared-headers.ts';

/** What kind of store a case's store is: decides how its rows are read. */
export type StoreKind = 'timestamped' | 'versioned' | 'window' | 'session' | 'plain';

export type BuiltCase = { readonly topology: Topology; readonly stores: ReadonlyMap<string, StoreKind> };

type AnyStream = KStream<unknown, unknown>;
type AnyTable = KTable<unknown, unknown>;
type Options = Readonly<Record<string, unknown>>;

/** Builds the topology of a case with the DSL, operation by operation. */
export function buildCase(spec: Case): BuiltCase {
  return new CaseBuilder(spec).build(spec.topology);
}

class CaseBuilder {
  readonly #builder: StreamsBuilder;
  readonly #handles = new Map<string, unknown>();
  readonly #stores = new Map<string, StoreKind>();

  /** Streams whose headers a processor shares with its siblings. */
  readonly #shared: ReadonlySet<unknown>;

  constructor({ config, topology }: Case) {
    this.#shared = streamsOfSourceRecords(topology);
    this.#builder = new StreamsBuilder({
      defaultKeySerde: anySerde,
      defaultValueSerde: anySerde,
      optimization: config.optimize === true ? 'all' : 'none',
      explicitNaming: config.explicitNaming === true,
    });
  }

  build(operations: readonly CaseOperation[]): BuiltCase {
    for (const operation of operations) {
      const made = this.#apply(operation);
      if (made !== null && typeof operation.id === 'string') this.#handles.set(operation.id, made);
    }
    return { topology: this.#builder.build(), stores: this.#stores };
  }

  #apply(operation: CaseOperation): unknown {
    const named = nameOf(operation);
    switch (operation.op) {
      case 'stream':
        return this.#builder.stream(operation.topic as string | string[], { ...named, ...timestamps(operation) });
      case 'table': {
        const options = { ...named, ...timestamps(operation), ...this.#materialized(operation, 'timestamped') };
        return this.#builder.table(operation.topic as string, options);
      }
      case 'globalTable': {
        const options = { ...named, ...timestamps(operation), ...this.#materialized(operation, 'timestamped') };
        return this.#builder.globalTable(operation.topic as string, options);
      }
      case 'join':
        return this.#join(operation);
      case 'cogroup':
        return this.#cogroup(operation);
      default:
        return this.#chained(operation, this.#handle(operation.from));
    }
  }

  #chained(operation: CaseOperation, from: unknown): unknown {
    if (from instanceof KStream) return this.#onStream(operation, from);
    if (from instanceof KTable) return this.#onTable(operation, from);
    if (from instanceof KGroupedStream) return this.#onGrouped(operation, from);
    if (from instanceof KGroupedTable) return this.#onGroupedTable(operation, from);
    if (from instanceof TimeWindowedKStream) return this.#onWindowed(operation, from);
    if (from instanceof SessionWindowedKStream) return this.#onSessions(operation, from);
    if (from instanceof CogroupedKStream) {
      if (operation.op !== 'windowedBy') {
        return from.aggregate(initializer(operation), this.#options(operation, 'timestamped'));
      }
      const windows = windowsOf(operation.window as Options);
      return windows.kind === 'session' ? from.windowedBy(windows) : from.windowedBy(windows);
    }
    if (from instanceof TimeWindowedCogroupedKStream) {
      return from.aggregate(initializer(operation), this.#options(operation, 'window'));
    }
    if (from instanceof SessionWindowedCogroupedKStream) {
      return from.aggregate(initializer(operation), merger(operation), this.#options(operation, 'session'));
    }
    throw new RangeError(`cannot ${operation.op} on what ${String(operation.from)} is`);
  }

  #onStream(operation: CaseOperation, stream: AnyStream): unknown {
    const named = nameOf(operation);
    const fn = operation.fn as string;
    switch (operation.op) {
      case 'filter':
        return stream.filter(predicate(fn), named);
      case 'filterNot':
        return stream.filterNot(predicate(fn), named);
      case 'mapValues':
        return stream.mapValues(valueMapper(fn), named);
      case 'selectKey':
        return stream.selectKey(keySelector(fn), named);
      case 'map':
        return stream.map(pairMapper(fn), named);
      case 'flatMap': {
        const mapper = pick(flatMappers, fn);
        return stream.flatMap((key, value) => mapper(textOf(key), textOf(value)), named);
      }
      case 'flatMapValues': {
        const mapper = pick(flatValueMappers, fn);
        return stream.flatMapValues((value) => mapper(textOf(value)), named);
      }
      case 'peek':
        return stream.peek(() => {}, named);
      case 'merge':
        return stream.merge(this.#handle(operation.with) as AnyStream, named);
      case 'split':
        return this.#split(operation, stream);
      case 'repartition':
        return stream.repartition({ ...named, partitions: operation.partitions as number | undefined });
      case 'toTable':
        return stream.toTable(this.#options(operation, 'timestamped'));
      case 'groupByKey':
        return stream.groupByKey(named);
      case 'groupBy':
        return stream.groupBy(keySelector(fn), named);
      case 'process': {
        const stores = this.#processorStore(operation);
        const every = (operation.every as number | undefined) ?? 10;
        return stream.process(processor(fn, stores[0] ?? null, every, this.#shared.has(operation.from)), {
          ...named,
          stores,
        });
      }
      case 'processValues': {
        const stores = this.#processorStore(operation);
        return stream.processValues(fixedKeyProcessor(fn, stores[0] ?? null), { ...named, stores });
      }
      case 'to':
        stream.to(sinkTopic(operation), { ...named, key: anySerde, value: anySerde });
        return null;
      default:
        throw new RangeError(`no operation ${operation.op} on a stream`);
    }
  }

  #split(operation: CaseOperation, stream: AnyStream): null {
    type BranchSpec = { readonly id: string; readonly fn: string; readonly name?: string };
    const branched = stream.split(nameOf(operation));
    // A branch is found by its name, or by its number; 0 is the default's.
    const suffixes = new Map<string, string>();
    for (const [index, branch] of (operation.branches as BranchSpec[]).entries()) {
      branched.branch(predicate(branch.fn), branch.name === undefined ? {} : { name: branch.name });
      suffixes.set(branch.id, branch.name ?? String(index + 1));
    }
    const last = operation.default as BranchSpec | undefined;
    if (last !== undefined) suffixes.set(last.id, last.name ?? '0');
    const options = last?.name === undefined ? {} : { name: last.name };
    const branches = last === undefined ? branched.noDefaultBranch() : branched.defaultBranch(options);
    for (const [id, suffix] of suffixes) {
      const prefix = (operation.name as string | undefined) ?? 'KSTREAM-BRANCH-[0-9]{10}';
      const name = [...branches.keys()].find((candidate) => new RegExp(`^${prefix}${suffix}$`).test(candidate))!;
      this.#handles.set(id, branches.get(name));
    }
    return null;
  }

  #onTable(operation: CaseOperation, table: AnyTable): unknown {
    const named = nameOf(operation);
    const fn = operation.fn as string;
    switch (operation.op) {
      case 'filter':
        return table.filter(predicate(fn), this.#options(operation, 'timestamped'));
      case 'filterNot':
        return table.filterNot(predicate(fn), this.#options(operation, 'timestamped'));
      case 'mapValues':
        return table.mapValues(valueMapper(fn), this.#options(operation, 'timestamped'));
      case 'transformValues':
        return table.transformValues(transformer(fn), this.#options(operation, 'timestamped'));
      case 'toStream':
        return operation.key === undefined
          ? table.toStream(named)
          : table.toStream(keySelector(operation.key as string), named);
      case 'suppress':
        return table.suppress(suppression(operation));
      case 'groupBy':
        return table.groupBy(pairMapper(fn), named);
      default:
        throw new RangeError(`no operation ${operation.op} on a table`);
    }
  }

  #onGrouped(operation: CaseOperation, grouped: KGroupedStream<unknown, unknown>): unknown {
    switch (operation.op) {
      case 'windowedBy': {
        const windows = windowsOf(operation.window as Options);
        const windowed = windows.kind === 'session' ? grouped.windowedBy(windows) : grouped.windowedBy(windows);
        if (operation.emit === undefined) return windowed;
        return windowed.emitStrategy(operation.emit === 'close' ? 'on-window-close' : 'on-window-update');
      }
      case 'count':
        return grouped.count(this.#options(operation, 'timestamped'));
      case 'reduce':
        return grouped.reduce(reducer(operation.fn), this.#options(operation, 'timestamped'));
      default:
        return grouped.aggregate(
          initializer(operation),
          aggregator(operation.fn),
          this.#options(operation, 'timestamped'),
        );
    }
  }

  #onGroupedTable(operation: CaseOperation, grouped: KGroupedTable<unknown, unknown>): unknown {
    const options = this.#options(operation, 'timestamped');
    switch (operation.op) {
      case 'count':
        return grouped.count(options);
      case 'reduce':
        return grouped.reduce(reducer(operation.adder), reducer(operation.subtractor), options);
      default:
        return grouped.aggregate(
          initializer(operation),
          aggregator(operation.adder),
          aggregator(operation.subtractor),
          options,
        );
    }
  }

  #onWindowed(operation: CaseOperation, windowed: TimeWindowedKStream<unknown, unknown>): unknown {
    const options = this.#options(operation, 'window');
    switch (operation.op) {
      case 'count':
        return windowed.count(options);
      case 'reduce':
        return windowed.reduce(reducer(operation.fn), options);
      default:
        return windowed.aggregate(initializer(operation), aggregator(operation.fn), options);
    }
  }

  #onSessions(operation: CaseOperation, windowed: SessionWindowedKStream<unknown, unknown>): unknown {
    const options = this.#options(operation, 'session');
    switch (operation.op) {
      case 'count':
        return windowed.count(options);
      case 'reduce':
        return windowed.reduce(reducer(operation.fn), options);
      default:
        return windowed.aggregate(initializer(operation), aggregator(operation.fn), merger(operation), options);
    }
  }

  #cogroup(operation: CaseOperation): unknown {
    let cogrouped: CogroupedKStream<unknown, unknown> | null = null;
    for (const { from, fn } of operation.streams as { from: string; fn: string }[]) {
      const grouped = this.#handle(from) as KGroupedStream<unknown, unknown>;
      cogrouped =
        cogrouped === null ? grouped.cogroup<unknown>(aggregator(fn)) : cogrouped.cogroup(grouped, aggregator(fn));
    }
    return cogrouped;
  }

  #join(operation: CaseOperation): unknown {
    const left = this.#handle(operation.from);
    const right = this.#handle(operation.with);
    const { how, kind } = operation;
    const named = nameOf(operation);
    const joiner = pick(joiners, (operation.joiner as string | undefined) ?? 'pair');
    const keyed = (l: unknown, r: unknown, key: unknown) => joiner(textOf(key), textOf(l), textOf(r));
    const plain = (l: unknown, r: unknown) => joiner(null, textOf(l), textOf(r));
    switch (kind) {
      case 'stream-stream': {
        const stream = left as AnyStream;
        const other = right as AnyStream;
        const windows = joinWindows(operation.window as Options);
        const options = { ...named, ...(operation.store === undefined ? {} : { as: operation.store as string }) };
        if (how === 'inner') return stream.join(other, keyed, windows, options);
        return how === 'left'
          ? stream.leftJoin(other, keyed, windows, options)
          : stream.outerJoin(other, keyed, windows, options);
      }
      case 'stream-table': {
        const options = { ...named, ...(operation.grace === undefined ? {} : { grace: operation.grace as number }) };
        const stream = left as AnyStream;
        const table = right as AnyTable;
        return how === 'inner' ? stream.join(table, keyed, options) : stream.leftJoin(table, keyed, options);
      }
      case 'stream-global': {
        const stream = left as AnyStream;
        const table = right as GlobalKTable<unknown, unknown>;
        assert(table instanceof GlobalKTable, 'the right side of a stream-global join is a global table');
        const key = keySelector(operation.key as string);
        return how === 'inner' ? stream.join(table, key, keyed, named) : stream.leftJoin(table, key, keyed, named);
      }
      case 'table-table': {
        const table = left as AnyTable;
        const other = right as AnyTable;
        const options = this.#options(operation, 'timestamped');
        if (how === 'inner') return table.join(other, plain, options);
        return how === 'left' ? table.leftJoin(other, plain, options) : table.outerJoin(other, plain, options);
      }
      default: {
        const table = left as AnyTable;
        const other = right as AnyTable;
        const extract = pick(foreignKeys, operation.fk as string);
        const foreignKey = (value: unknown, key: unknown) => extract(textOf(key), textOf(value));
        const options = this.#options(operation, 'timestamped');
        return how === 'inner'
          ? table.join(other, foreignKey, plain, options)
          : table.leftJoin(other, foreignKey, plain, options);
      }
    }
  }

  #handle(id: unknown): unknown {
    const handle = this.#handles.get(id as string);
    assert(handle !== undefined, `the case uses ${String(id)} before it makes it`);
    return handle;
  }

  #options(operation: CaseOperation, kind: StoreKind) {
    return { ...nameOf(operation), ...this.#materialized(operation, kind) };
  }

  #materialized(operation: CaseOperation, kind: StoreKind) {
    const { store, versioned, retention, caching, logging } = operation;
    if (store === undefined) return {};
    this.#stores.set(store as string, versioned === undefined ? kind : 'versioned');
    return {
      as: store as string,
      historyRetention: versioned as number | undefined,
      retention: retention as number | undefined,
      caching: caching as boolean | undefined,
      logging: logging as boolean | undefined,
    };
  }

  #processorStore(operation: CaseOperation): string[] {
    if (operation.store === undefined) return [];
    const name = operation.store as string;
    if (!this.#stores.has(name)) {
      this.#stores.set(name, 'plain');
      this.#builder.addStateStore({
        kind: 'key-value',
        timestamped: false,
        name,
        keySerde: anySerde,
        valueSerde: anySerde,
        engine: 'memory',
        caching: false,
        logging: { topicConfig: {} },
      });
    }
    return [name];
  }
}

function nameOf(operation: CaseOperation): { name?: string } {
  return operation.name === undefined ? {} : { name: operation.name as string };
}

function timestamps(operation: CaseOperation): { timestampExtractor?: TimestampExtractor } {
  if (operation.timestamps === undefined) return {};
  const isX = (record: ExtractableRecord) => textOf(record.value) === 'x';
  const extractors: Readonly<Record<string, TimestampExtractor>> = {
    'minus-on-x': (record) => (isX(record) ? -1 : record.timestamp),
    'partition-time-on-x': (record, partitionTimeMs) => (isX(record) ? partitionTimeMs : record.timestamp),
    'plus-len': (record) => record.timestamp + (textOf(record.value)?.length ?? 0),
  };
  return { timestampExtractor: pick(extractors, operation.timestamps as string) };
}

function predicate(name: string) {
  const test = pick(predicates, name);
  return (key: unknown, value: unknown) => test(textOf(key), textOf(value));
}

function valueMapper(name: string) {
  const map = pick(valueMappers, name);
  return (value: unknown, key: unknown) => map(textOf(key), textOf(value));
}

function keySelector(name: string): (key: unknown, value: unknown) => unknown {
  const select = pick(keySelectors, name);
  // `key` keeps the key as it is, a window included.
  return name === 'key' ? (key) => key : (key, value) => select(textOf(key), textOf(value));
}

function pairMapper(name: string) {
  const map = pick(pairMappers, name);
  return (key: unknown, value: unknown) => map(textOf(key), textOf(value));
}

function aggregator(name: unknown) {
  const aggregate = pick(aggregators, name as string);
  return (key: unknown, value: unknown, current: unknown): unknown =>
    aggregate(textOf(key), textOf(value), textOf(current));
}

function reducer(name: unknown) {
  const reduce = pick(reducers, name as string);
  return (aggregate: unknown, value: unknown): unknown => reduce(textOf(aggregate), textOf(value));
}

function merger(operation: CaseOperation) {
  const merge = pick(mergers, (operation.merger as string | undefined) ?? 'bar');
  return (_key: unknown, a: unknown, b: unknown): unknown => merge(textOf(a), textOf(b));
}

function initializer(operation: CaseOperation): () => unknown {
  return pick(initializers, (operation.init as string | undefined) ?? 'empty');
}

/** The extractor of a dynamic sink, with the text that Java's prints for it. */
function sinkTopic(operation: CaseOperation): string | ((key: unknown) => string) {
  if (operation.topicByKey === undefined) return operation.topic as string;
  const prefix = operation.topicByKey as string;
  const choose = (key: unknown) => prefix + (key === null ? 'none' : orEmpty(firstCharacter(textOf(key))));
  return Object.assign(choose, { toString: () => `ByKey(${prefix})` });
}

function suppression(operation: CaseOperation): Suppressed<unknown> {
  const { maxRecords, full, ms, until } = operation as Options & { maxRecords?: number; ms?: number };
  const limits = { ...nameOf(operation), ...(maxRecords === undefined ? {} : { maxRecords }) };
  // The cases' tables are untyped: that a table is windowed is what some of them test.
  if (until === 'windowCloses') return Suppressed.untilWindowCloses(limits) as Suppressed<unknown>;
  return Suppressed.untilTimeLimit(ms!, { ...limits, ...(full === 'shutdown' ? { whenFull: 'shut-down' } : {}) });
}
