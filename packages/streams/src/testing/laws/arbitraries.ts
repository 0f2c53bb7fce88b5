import type { Arbitrary } from 'fast-check';
import { illegalArgument } from '../../errors.ts';
import type { Operation } from '../../graph/nodes.ts';
import type { History, InputRecord } from './history.ts';
import type { FastCheck } from './load-fast-check.ts';
import type { SourceTopic, TopologyModel } from './model.ts';

/** What to make records of; what is not given is derived from the serde of the topic's source. */
export type RecordOptions = {
  /** Values by topic: `{ orders: (fc) => fc.record({ amount: fc.nat() }) }`. */
  readonly values?: Readonly<Record<string, (fc: FastCheck) => Arbitrary<unknown>>>;
  /** Keys by topic. Few different ones make records meet. */
  readonly keys?: Readonly<Record<string, (fc: FastCheck) => Arbitrary<unknown>>>;
  /** Whether streams get null keys and null values now and then (tables always get deletions). Default: true. */
  readonly nulls?: boolean;
  /** In a history. Default: 12. */
  readonly recordsMax?: number;
};

const RECORDS_MAX_DEFAULT = 12;
const PARTITIONS_MAX = 3;
/** None of use, a few rows, everything: an entry costs about 300 bytes. */
const CACHE_SIZES = [1, 700, 1_048_576];
const HORIZON_MS_MIN = 20;
const KEY_POOL_SIZE = 3;
/** One in so many records. */
const NULL_EVERY = 12;
const DELETION_EVERY = 4;

/** Keys from a small pool. */
export function keysOf(
  fc: FastCheck,
  { topic, keySerde }: SourceTopic,
  options: RecordOptions = {},
): Arbitrary<unknown> {
  const given = options.keys?.[topic];
  if (given !== undefined) return given(fc);
  switch (keySerde.name) {
    case 'string':
    case 'json':
      return fc.constantFrom('a', 'b', 'c');
    case 'boolean':
      return fc.boolean();
    case 'uuid':
      return fc.constantFrom(
        ...Array.from({ length: KEY_POOL_SIZE }, (_, at) => `00000000-0000-4000-8000-00000000000${at}`),
      );
    case 'bytes':
      return fc.constantFrom(...Array.from({ length: KEY_POOL_SIZE }, (_, at) => Uint8Array.of(at)));
    case 'void':
      return fc.constant(null);
    default:
      return isNumber(keySerde.name) ? fc.nat(KEY_POOL_SIZE - 1) : refuse(topic, 'keys', keySerde.name);
  }
}

export function valuesOf(
  fc: FastCheck,
  { topic, valueSerde }: SourceTopic,
  options: RecordOptions = {},
): Arbitrary<unknown> {
  const given = options.values?.[topic];
  if (given !== undefined) return given(fc);
  switch (valueSerde.name) {
    case 'string':
      return fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat(9).map(String), fc.string({ maxLength: 3 }));
    case 'json':
      return fc.oneof(fc.nat(9), fc.constantFrom('a', 'b', 'c'), fc.jsonValue({ maxDepth: 1 }));
    case 'boolean':
      return fc.boolean();
    case 'uuid':
      return fc.uuid();
    case 'bytes':
      return fc.uint8Array({ maxLength: 3 });
    case 'void':
      return fc.constant(null);
    default:
      return isNumber(valueSerde.name) ? fc.integer({ min: -9, max: 9 }) : refuse(topic, 'values', valueSerde.name);
  }
}

/** Whole numbers for floating ones, too: sums of others depend on their order. */
function isNumber(serde: string): boolean {
  return ['integer', 'long', 'short', 'double', 'float'].includes(serde);
}

function refuse(topic: string, what: 'keys' | 'values', serde: string): never {
  throw illegalArgument(
    `no ${what} can be made up for topic ${topic} with serde ${serde}: give checkDuality ` +
      `{ ${what}: { ${JSON.stringify(topic)}: (fc) => fc.constantFrom(…) } }`,
  );
}

/** Records of all source topics. */
export function recordOf(fc: FastCheck, model: TopologyModel, options: RecordOptions = {}): Arbitrary<InputRecord> {
  const timestamp = timestampsOf(fc, model);
  const nulls = options.nulls ?? true;
  const ofTopic = (source: SourceTopic): Arbitrary<InputRecord> => {
    const isTable = source.kind !== 'stream';
    const isNullable = nulls && !isTable;
    const key = keysOf(fc, source, options);
    const value = valuesOf(fc, source, options);
    return fc.record({
      topic: fc.constant(source.topic),
      key: isNullable ? fc.option(key, { freq: NULL_EVERY }) : key,
      value: isTable || isNullable ? fc.option(value, { freq: isTable ? DELETION_EVERY : NULL_EVERY }) : value,
      timestamp,
      afterwards: fc.oneof(
        { weight: 4, arbitrary: fc.constant('nothing' as const) },
        { weight: 2, arbitrary: fc.constantFrom('commit' as const, 'restart' as const) },
      ),
      priority: fc.nat(3),
    });
  };
  return fc.oneof(...model.sources.map(ofTopic));
}

/** Times in the neighbourhood of each other, with those on the edges of windows among them. */
export function timestampsOf(fc: FastCheck, model: TopologyModel): Arbitrary<number> {
  const durations = [...new Set(model.nodes.flatMap(({ operation }) => durationsOf(operation)))].filter((ms) => ms > 0);
  const longest = durations.length === 0 ? 0 : Math.max(...durations);
  const horizonMs = Math.max(HORIZON_MS_MIN, 4 * longest);
  const edges = durations.flatMap((ms) => [ms - 1, ms, ms + 1, 2 * ms, 3 * ms + 1]);
  return edges.length === 0 ? fc.nat(horizonMs) : fc.oneof(fc.nat(horizonMs), fc.constantFrom(...edges));
}

function durationsOf(operation: Operation): number[] {
  switch (operation.kind) {
    case 'stream-aggregate':
    case 'cogroup': {
      const { grouping } = operation;
      switch (grouping.kind) {
        case 'key':
          return [];
        case 'session':
          return [grouping.windows.inactivityGapMs, grouping.windows.inactivityGapMs + grouping.windows.graceMs];
        case 'sliding':
          return [grouping.windows.timeDifferenceMs, grouping.windows.timeDifferenceMs + grouping.windows.graceMs];
        default:
          return grouping.windows.kind === 'unlimited'
            ? [grouping.windows.startMs]
            : [grouping.windows.advanceMs, grouping.windows.sizeMs, grouping.windows.sizeMs + grouping.windows.graceMs];
      }
    }
    case 'stream-join':
      return [operation.windows.beforeMs, operation.windows.afterMs, operation.windows.sizeMs];
    case 'suppress':
      return operation.suppression.waitMs === null ? [] : [operation.suppression.waitMs];
    case 'stream-table-join':
      return operation.graceMs === null ? [] : [operation.graceMs];
    default:
      return [];
  }
}

/** Histories, half of them without late records. */
export function historyOf(fc: FastCheck, model: TopologyModel, options: RecordOptions = {}): Arbitrary<History> {
  const records = fc.array(recordOf(fc, model, options), { maxLength: options.recordsMax ?? RECORDS_MAX_DEFAULT });
  return fc
    .record({
      isSorted: fc.boolean(),
      records,
      partitions: fc.integer({ min: 1, max: PARTITIONS_MAX }),
      cacheMaxBytes: fc.constantFrom(...CACHE_SIZES),
    })
    .map(({ isSorted, records: made, ...rest }) => ({
      records: isSorted ? [...made].sort((a, b) => a.timestamp - b.timestamp) : made,
      ...rest,
    }));
}
