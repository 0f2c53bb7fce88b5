import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import type { KsqlConfig } from '../../lib/ksql-config.ts';
import type { Row } from '../../types/values.ts';
import type { Materialization } from './materialization.ts';
import type { Access } from './pull-plan.ts';

/** Partitions of a table that another engine of the service holds, by the address of its server. */
export type Share = { readonly server: string; readonly partitions: readonly number[] };

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

/** An access, divided among the engines of a service. */
export type Shares = {
  /** Null: there is nothing to look for here. */
  readonly local: Access | null;
  readonly elsewhere: readonly Share[];
};

/**
 * Who has to be asked for what.
 * @throws MillraceError `ON_OTHER_ENGINE` (retriable) where partitions are held by nobody now, or by who told no address
 */
export function sharesOf({ storeName }: Materialization, access: Access, streams: KafkaStreams): Shares {
  const { total, local, owners } = streams.storePartitions(storeName);
  if (access.kind === 'scan') {
    const others = Array.from({ length: total }, (_, partition) => partition).filter((each) => !local.includes(each));
    return { local: access, elsewhere: sharesOfOthers(others, owners) };
  }
  const placed = access.lookups.map((lookup) => {
    return { lookup, ...streams.queryMetadataForKey<Row>(storeName, lookup.key) };
  });
  const here = placed.filter(({ isLocal }) => isLocal).map(({ lookup }) => lookup);
  const others = new Set(placed.filter(({ isLocal }) => !isLocal).map(({ partition }) => partition));
  return {
    local: here.length === 0 ? null : { ...access, lookups: here },
    elsewhere: sharesOfOthers([...others], owners),
  };
}

/**
 * The part of an access that another engine asks this one for.
 * @throws MillraceError `PARTITIONS_MOVED` (retriable) where it is not this engine that holds just these partitions
 */
export function ownShare(
  { storeName }: Materialization,
  access: Access,
  streams: KafkaStreams,
  partitions: readonly number[],
): Access {
  const { local } = streams.storePartitions(storeName);
  const isAll = local.length === partitions.length && partitions.every((each) => local.includes(each));
  if (access.kind === 'scan') {
    if (!isAll) throw moved(partitions, local);
    return access;
  }
  if (!partitions.every((each) => local.includes(each))) throw moved(partitions, local);
  const lookups = access.lookups.filter(({ key }) => {
    return partitions.includes(streams.queryMetadataForKey<Row>(storeName, key).partition);
  });
  return { ...access, lookups };
}

function moved(asked: readonly number[], local: readonly number[]): MillraceError {
  const message = `Asked for the partitions ${asked.join(', ')}, and holds ${local.join(', ')}`;
  return new MillraceError('PARTITIONS_MOVED', message, { retriable: true });
}

function sharesOfOthers(partitions: readonly number[], owners: ReadonlyMap<number, string | null>): readonly Share[] {
  const lost = partitions.filter((partition) => owners.get(partition) == null);
  if (lost.length > 0) {
    const message =
      `Other engines of this service hold the partitions ${lost.join(', ')} of the table, and do not tell where they ` +
      'are: give each server an address that others reach, as ksql.advertised.listener=http://HOST:PORT';
    throw new MillraceError('ON_OTHER_ENGINE', message, { retriable: true });
  }
  const byServer = Map.groupBy(partitions, (partition) => owners.get(partition)!);
  return [...byServer].map(([server, held]) => ({ server, partitions: held }));
}
