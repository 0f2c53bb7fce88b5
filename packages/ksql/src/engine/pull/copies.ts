import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import { booleanSetting, type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';
import type { Row } from '../../types/values.ts';
import type { Materialization } from './materialization.ts';
import type { Access, TableRow } from './pull-plan.ts';
import { readTable } from './read-table.ts';
import type { Share } from './shares.ts';

/** ksqlDB's: who has a copy of a partition answers where the engine that holds it does not. */
const STANDBY_READS = 'ksql.query.pull.enable.standby.reads';
/** ksqlDB's: by how many records such a copy may be behind. */
const OFFSET_LAG_MAX = 'ksql.query.pull.max.allowed.offset.lag';

/** Whether copies may answer in place of an engine that gave this error. */
export function copiesMayAnswer(thrown: unknown, config: KsqlConfig): boolean {
  const isAway = thrown instanceof MillraceError && ['PEER_UNREACHABLE', 'TIMEOUT'].includes(thrown.code);
  return isAway && booleanSetting(config, STANDBY_READS) === true;
}

/** Who has copies of what a lost engine holds: this one before others. Null where nobody has. */
export function sharesOfCopies(
  { storeName }: Materialization,
  lost: Share,
  streams: KafkaStreams,
  own: string | null,
): readonly Share[] | null {
  const { standbys } = streams.storePartitions(storeName);
  const places = lost.partitions.map((partition) => {
    const told = (standbys.get(partition) ?? []).filter((each) => each !== null && each !== lost.server);
    return { partition, server: told.includes(own) ? own : (told[0] ?? null) };
  });
  if (places.some(({ server }) => server === null)) return null;
  const byServer = Map.groupBy(places, ({ server }) => server!);
  return [...byServer].map(([server, held]) => ({ server, partitions: held.map(({ partition }) => partition) }));
}

/**
 * The rows of an access that are in the copies of some partitions here.
 * @throws MillraceError `PARTITIONS_MOVED` (retriable) where they are not here, `COPY_BEHIND` (retriable)
 */
export async function readCopies(
  table: Materialization,
  access: Access,
  streams: KafkaStreams,
  { partitions, own, config }: { partitions: readonly number[]; own: string | null; config: KsqlConfig },
): Promise<AsyncIterable<TableRow>> {
  const { storeName } = table;
  const { local, standbys } = streams.storePartitions(storeName);
  const isHere = (each: number): boolean => local.includes(each) || standbys.get(each)?.includes(own) === true;
  if (!partitions.every(isHere)) {
    const message = `Asked for copies of the partitions ${partitions.join(', ')}, which are not all here`;
    throw new MillraceError('PARTITIONS_MOVED', message, { retriable: true });
  }
  await refuseBehind(storeName, partitions, streams, config);
  const isAsked = (key: Row): boolean =>
    partitions.includes(streams.queryMetadataForKey<Row>(storeName, key).partition);
  if (access.kind === 'scan') return keptRows(readTable(table, access, streams, { stale: true }), isAsked);
  const lookups = access.lookups.filter(({ key }) => isAsked(key));
  return readTable(table, { ...access, lookups }, streams, { stale: true });
}

async function* keptRows(rows: AsyncIterable<TableRow>, isKept: (key: Row) => boolean): AsyncGenerator<TableRow> {
  for await (const row of rows) if (isKept(row.key)) yield row;
}

async function refuseBehind(
  storeName: string,
  partitions: readonly number[],
  streams: KafkaStreams,
  config: KsqlConfig,
): Promise<void> {
  const max = numberSetting(config, OFFSET_LAG_MAX, Number.POSITIVE_INFINITY);
  if (max === Number.POSITIVE_INFINITY) return;
  const lags = await streams.allLocalStorePartitionLags();
  const behind = lags.find(({ store, partition, offsetLag }) => {
    return store === storeName && partitions.includes(partition) && offsetLag > max;
  });
  if (behind === undefined) return;
  const message = `The copy of partition ${behind.partition} is ${behind.offsetLag} records behind: ${OFFSET_LAG_MAX}=${max}`;
  throw new MillraceError('COPY_BEHIND', message, { retriable: true });
}
