import { illegalArgument } from '../errors.ts';
import { drawRepartition } from '../graph/draw-repartition.ts';
import type { Input, JoinKind, Repartition, StreamJoinOperation } from '../graph/nodes.ts';
import { toMs } from '../lib/duration.ts';
import type { Fn2, Fn3 } from '../operators/user-functions.ts';
import { serdeOr } from '../serdes/missing.ts';
import type { StoreSpec } from '../state/store-spec.ts';
import type { JoinWindows } from '../windows/join-windows.ts';
import type { Joined, Named, StreamJoined } from './options.ts';
import {
  chosen,
  type Handle,
  plainInput,
  type SerdeChoice,
  type StreamHandle,
  type TableHandle,
} from './stream-handle.ts';
import { loggingOf } from './table-store.ts';

/** One side of a join with the topic in front of it, if its keys may have changed. */
type Side = { readonly input: Input; readonly sources: ReadonlySet<string>; readonly serdes: Handle['serdes'] };

/** The topic that was last put behind a stream for a join. */
const lastTopics = new WeakMap<StreamHandle, Repartition>();

function sideOf(handle: StreamHandle, topicPrefix: string, own: SerdeChoice): Side {
  const serdes = chosen(own, handle.serdes);
  if (!handle.rekeyed) return { input: plainInput(handle.node), sources: handle.sources, serdes };
  // Names are drawn each time, so that those of later operations do not depend on whether the topic is shared.
  const drawn: Repartition = drawRepartition(handle.context.graph, topicPrefix, serdes);
  const last = lastTopics.get(handle);
  // Joins that name no topic of their own share the stream's.
  const repartition = last !== undefined && topicPrefix === handle.name ? last : drawn;
  lastTopics.set(handle, repartition);
  return { input: { from: handle.node, repartition }, sources: new Set([repartition.sourceName]), serdes };
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b]);
}

export function joinStreams(
  join: JoinKind,
  left: StreamHandle,
  right: StreamHandle,
  joiner: Fn3,
  windows: JoinWindows,
  options: StreamJoined<unknown, unknown, unknown>,
): StreamHandle {
  const { graph } = left.context;
  const given = options.name;
  const leftSide = sideOf(left, given === undefined ? left.name : `${given}-left`, options);
  const rightOwn = { key: options.key, value: options.otherValue };
  const rightSide = sideOf(right, given === undefined ? right.name : `${given}-right`, rightOwn);
  const sources = union(leftSide.sources, rightSide.sources);
  graph.copartition(sources);

  const thisSuffix = join === 'outer' ? '-outer-this-join' : '-this-join';
  const otherSuffix = join === 'inner' ? '-other-join' : '-outer-other-join';
  const thisWindowedName = graph.suffixedOr(given, '-this-windowed', 'KSTREAM-WINDOWED-');
  const otherWindowedName = graph.suffixedOr(given, '-other-windowed', 'KSTREAM-WINDOWED-');
  const thisNumbered = graph.newName(join === 'outer' ? 'KSTREAM-OUTERTHIS-' : 'KSTREAM-JOINTHIS-');
  const otherNumbered = graph.newName(join === 'inner' ? 'KSTREAM-JOINOTHER-' : 'KSTREAM-OUTEROTHER-');
  const mergeName = graph.suffixedOr(given, '-merge', 'KSTREAM-MERGE-');
  const storeBase = options.as;
  const serdes = { ...leftSide.serdes, otherValue: rightSide.serdes.value };
  const store = (name: string, value: Handle['serdes']['value']) =>
    joinStore(left.context, `${name}-store`, { key: serdes.key, value }, windows, options);
  const operation: StreamJoinOperation = {
    kind: 'stream-join',
    join,
    windows,
    joiner,
    thisWindowedName,
    otherWindowedName,
    thisName: given === undefined ? thisNumbered : given + thisSuffix,
    otherName: given === undefined ? otherNumbered : given + otherSuffix,
    mergeName,
    thisStore: store(storeBase === undefined ? thisNumbered : storeBase + thisSuffix, serdes.value),
    otherStore: store(storeBase === undefined ? otherNumbered : storeBase + otherSuffix, serdes.otherValue),
    sharedStoreName: join === 'inner' || !windows.awaitsMatches ? null : sharedStoreName(join, storeBase, thisNumbered),
    serdes,
    logging: options.logging !== false,
    selfJoin: false,
  };
  const node = graph.add(operation, [leftSide.input, rightSide.input]);
  // The key serde of neither side need fit the other's, so only the one given here goes on.
  const resultSerdes = { key: options.key ?? null, value: null };
  return { context: left.context, node, name: mergeName, serdes: resultSerdes, sources, rekeyed: false };
}

function sharedStoreName(join: 'left' | 'outer', storeBase: string | undefined, thisNumbered: string): string {
  if (storeBase !== undefined)
    return `${storeBase}${join === 'outer' ? '-outer-shared-join' : '-left-shared-join'}-store`;
  return `KSTREAM-OUTERSHARED-${thisNumbered.slice(thisNumbered.lastIndexOf('-') + 1)}-store`;
}

/** Keeps each record of one side for as long as the other side's may still match it. */
function joinStore(
  context: Handle['context'],
  name: string,
  serdes: Handle['serdes'],
  windows: JoinWindows,
  options: StreamJoined<unknown, unknown, unknown>,
): StoreSpec {
  return {
    kind: 'window',
    name,
    keySerde: serdeOr(serdes.key, context.defaults.key, 'key', `store ${name}`),
    valueSerde: serdeOr(serdes.value, context.defaults.value, 'value', `store ${name}`),
    engine: options.engine ?? context.engine,
    caching: false,
    logging: loggingOf(options.logging),
    timestamped: false,
    windowSizeMs: windows.sizeMs,
    retentionMs: windows.sizeMs + windows.graceMs,
    retainDuplicates: true,
    emitsOnClose: false,
  };
}

export function joinWithTable(
  join: 'inner' | 'left',
  stream: StreamHandle,
  table: TableHandle,
  joiner: Fn3,
  options: Joined<unknown, unknown>,
): StreamHandle {
  const { graph } = stream.context;
  const side = sideOf(stream, options.name ?? stream.name, options);
  const sources = union(side.sources, table.sources);
  graph.copartition(sources);
  const name = graph.nameOr(options.name, join === 'left' ? 'KSTREAM-LEFTJOIN-' : 'KSTREAM-JOIN-');
  const graceMs = options.grace === undefined ? null : toMs(options.grace, 'grace');
  if (graceMs !== null && graceMs < 0) throw illegalArgument('Grace period must not be negative.');
  const node = graph.add({ kind: 'stream-table-join', name, join, joiner, graceMs, serdes: side.serdes }, [
    side.input,
    plainInput(table.node),
  ]);
  const serdes = { key: side.serdes.key, value: null };
  return { context: stream.context, node, name, serdes, sources, rekeyed: false };
}

export function joinWithGlobal(
  join: 'inner' | 'left',
  stream: StreamHandle,
  globalStore: string,
  selectKey: Fn2,
  joiner: Fn3,
  options: Named,
): StreamHandle {
  const { graph } = stream.context;
  const name = graph.nameOr(options.name, 'KSTREAM-LEFTJOIN-');
  const operation = { kind: 'stream-global-join', name, join, selectKey, joiner, globalStore } as const;
  const node = graph.add(operation, [plainInput(stream.node)]);
  return { ...stream, node, name, serdes: { key: stream.serdes.key, value: null } };
}
