import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import { type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';
import type { Row } from '../../types/values.ts';
import type { Materialization } from './materialization.ts';
import type { Access, TableRow } from './pull-plan.ts';
import { readTable } from './read-table.ts';
import { OFFSET_LAG_MAX } from './routes.ts';

/** Where engines ask each other for rows; these come as lines. */
export const PULL_SHARE_PATH = '/pull-share';

/** What an engine asks another one for: the rows of a pull query that are in some partitions of its table. */
export type PullShareRequest = {
  readonly sql: string;
  readonly properties: KsqlConfig;
  readonly partitions: readonly number[];
  /** Whether they are asked of copies, in place of the engine that holds them. */
  readonly ofCopies: boolean;
};

type Wanted = {
  readonly partitions: readonly number[];
  readonly ofCopies: boolean;
  /** `host:port` of this engine. */
  readonly own: string | null;
  readonly config: KsqlConfig;
};

/**
 * The rows of an access that are in some partitions here.
 * @throws MillraceError `PARTITIONS_MOVED` (retriable) where they are not here, `COPY_BEHIND` (retriable)
 */
export async function readShare(
  table: Materialization,
  access: Access,
  streams: KafkaStreams,
  wanted: Wanted,
): Promise<AsyncIterable<TableRow>> {
  return wanted.ofCopies ? readCopies(table, access, streams, wanted) : readOwn(table, access, streams, wanted);
}

function readOwn(
  table: Materialization,
  access: Access,
  streams: KafkaStreams,
  { partitions }: Wanted,
): AsyncIterable<TableRow> {
  const { storeName } = table;
  const { local } = streams.storePartitions(storeName);
  if (!partitions.every((each) => local.includes(each))) throw moved(partitions, local);
  if (access.kind === 'scan') {
    if (local.length !== partitions.length) throw moved(partitions, local);
    return readTable(table, access, streams);
  }
  const isAsked = askedKeys(storeName, partitions, streams);
  return readTable(table, { ...access, lookups: access.lookups.filter(({ key }) => isAsked(key)) }, streams);
}

async function readCopies(
  table: Materialization,
  access: Access,
  streams: KafkaStreams,
  { partitions, own, config }: Wanted,
): Promise<AsyncIterable<TableRow>> {
  const { storeName } = table;
  const { local, standbys } = streams.storePartitions(storeName);
  const isHere = (each: number): boolean => local.includes(each) || standbys.get(each)?.includes(own) === true;
  if (!partitions.every(isHere)) {
    const message = `Asked for copies of the partitions ${partitions.join(', ')}, which are not all here`;
    throw new MillraceError('PARTITIONS_MOVED', message, { retriable: true });
  }
  await refuseBehind(storeName, partitions, streams, config);
  const isAsked = askedKeys(storeName, partitions, streams);
  if (access.kind === 'scan') return keptRows(readTable(table, access, streams, { stale: true }), isAsked);
  const lookups = access.lookups.filter(({ key }) => isAsked(key));
  return readTable(table, { ...access, lookups }, streams, { stale: true });
}

function askedKeys(storeName: string, partitions: readonly number[], streams: KafkaStreams): (key: Row) => boolean {
  return (key) => partitions.includes(streams.queryMetadataForKey<Row>(storeName, key).partition);
}

async function* keptRows(rows: AsyncIterable<TableRow>, isKept: (key: Row) => boolean): AsyncGenerator<TableRow> {
  for await (const row of rows) if (isKept(row.key)) yield row;
}

function moved(asked: readonly number[], local: readonly number[]): MillraceError {
  const message = `Asked for the partitions ${asked.join(', ')}, and holds ${local.join(', ')}`;
  return new MillraceError('PARTITIONS_MOVED', message, { retriable: true });
}

/** Who reads a copy knows best how far it has come: what was reported of it may be older. */
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
