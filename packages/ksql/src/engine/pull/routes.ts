import { MillraceError } from '@millrace/base';
import type { KafkaStreams } from '@millrace/streams';
import { booleanSetting, type KsqlConfig, numberSetting } from '../../lib/ksql-config.ts';
import type { Row } from '../../types/values.ts';
import type { ServiceHosts } from '../peers/service-hosts.ts';
import type { Lookup } from './lookups.ts';
import type { Materialization } from './materialization.ts';
import type { Access } from './pull-plan.ts';

/** ksqlDB's: who has a copy of a partition answers where the engine that holds it does not. */
const STANDBY_READS = 'ksql.query.pull.enable.standby.reads';
/** ksqlDB's: by how many records such a copy may be behind. */
export const OFFSET_LAG_MAX = 'ksql.query.pull.max.allowed.offset.lag';

/** Who can be asked for a partition. */
type Place = {
  /** Null: this engine. */
  readonly server: string | null;
  /** False: it has a copy. */
  readonly isActive: boolean;
};

/** A partition of a table that a pull query looks at, and who can be asked for it, best first; never nobody. */
export type Route = {
  readonly partition: number;
  /** What is looked up in it; none for a scan. */
  readonly lookups: readonly Lookup[];
  readonly places: readonly Place[];
};

/** What one engine is asked for. */
export type Share = Place & { readonly partitions: readonly number[]; readonly lookups: readonly Lookup[] };

type RoutingContext = {
  readonly table: Materialization;
  readonly streams: KafkaStreams;
  readonly applicationId: string;
  readonly hosts: ServiceHosts;
  /** `host:port` of this engine. */
  readonly own: string | null;
  /** With what the request says. */
  readonly config: KsqlConfig;
};

/**
 * Where the partitions of an access are to be had: at the engine that holds them, unless it is known to be dead, and, where
 * the settings let copies answer, at those that have one which is known to be fresh enough.
 * @throws MillraceError `PARTITIONS_MOVED` (retriable) where nobody holds some now; `ON_OTHER_ENGINE` (retriable) where who does
 *   told no address;
 *   `NO_VALID_HOST` (retriable) where nobody may be asked, in ksqlDB's words
 */
export function routesOf(access: Access, context: RoutingContext): readonly Route[] {
  const { streams, table, own, config } = context;
  const { total, local, owners, standbys } = streams.storePartitions(table.storeName);
  const asksCopies = booleanSetting(config, STANDBY_READS) === true;
  const refused: string[] = [];
  const unknown: number[] = [];
  const moving: number[] = [];
  const routes: Route[] = [];
  for (const [partition, lookups] of partitionsOf(access, total, context)) {
    const isHere = local.includes(partition);
    const owner = isHere ? own : (owners.get(partition) ?? null);
    const copies = asksCopies ? (standbys.get(partition) ?? []).filter((each) => each !== null && each !== owner) : [];
    const candidates: Candidate[] = copies
      .toSorted((left, right) => Number(right === own) - Number(left === own))
      .map((server) => ({ server: server === own ? null : server, isActive: false, host: server! }));
    if (isHere || owner !== null) {
      candidates.unshift({ server: isHere ? null : owner, isActive: true, host: owner ?? '' });
    }
    const complaints = complaintsAbout(candidates, partition, context);
    const places = candidates.filter((_each, index) => complaints[index] === null);
    if (places.length > 0) routes.push({ partition, lookups, places });
    else if (candidates.length === 0) (owners.has(partition) ? unknown : moving).push(partition);
    else refused.push(refusal(partition, candidates, complaints));
  }
  if (moving.length > 0) throw beingMoved(moving);
  if (unknown.length > 0) throw onOtherEngine(unknown);
  if (refused.length > 0) throw noValidHost(refused);
  return routes;
}

/** The partitions as shares, each at the place that comes first. */
export function sharesOf(routes: readonly Route[]): readonly Share[] {
  const byPlace = Map.groupBy(routes, ({ places: [first] }) => `${first!.isActive} ${first!.server ?? ''}`);
  return [...byPlace.values()].map((each) => {
    const lookups = each.flatMap((route) => route.lookups);
    return { ...each[0]!.places[0]!, partitions: each.map(({ partition }) => partition), lookups };
  });
}

/** The routes of a share that was not answered, by their next places; null where one has no other. */
export function nextRoutes(routes: readonly Route[], { partitions }: Share): readonly Route[] | null {
  const asked = routes.filter(({ partition }) => partitions.includes(partition));
  const next = asked.map((route) => ({ ...route, places: route.places.slice(1) }));
  return next.some(({ places }) => places.length === 0) ? null : next;
}

/** Whether another engine may be asked in place of one that gave this error. */
export function isAway(thrown: unknown): boolean {
  return thrown instanceof MillraceError && ['PEER_UNREACHABLE', 'TIMEOUT', 'COPY_BEHIND'].includes(thrown.code);
}

function partitionsOf(
  access: Access,
  total: number,
  { table, streams }: RoutingContext,
): Iterable<readonly [number, readonly Lookup[]]> {
  if (access.kind === 'scan') return Array.from({ length: total }, (_, partition) => [partition, []] as const);
  return Map.groupBy(access.lookups, ({ key }) => streams.queryMetadataForKey<Row>(table.storeName, key).partition);
}

type Candidate = Place & { readonly host: string };

/** Why each of them is not to be asked, in ksqlDB's words; null: it may be. */
function complaintsAbout(
  candidates: readonly Candidate[],
  partition: number,
  { hosts, config, applicationId, table }: RoutingContext,
): readonly (string | null)[] {
  const max = numberSetting(config, OFFSET_LAG_MAX, Number.POSITIVE_INFINITY);
  const lags = candidates.map(({ host }) => hosts.lag(host, applicationId, table.storeName, partition));
  const endOffset = Math.max(0, ...lags.map((lag) => lag?.endOffsetPosition ?? 0));
  return candidates.map(({ server, host, isActive }, index) => {
    const status = hosts.status(host);
    if (server !== null && !status.hostAlive) return `Host is not alive as of ${status.lastStatusUpdateMs}`;
    const lag = lags[index];
    // Of whom nothing is known, he who is asked looks himself.
    if (isActive || lag == null) return null;
    const behind = Math.max(endOffset - lag.currentOffsetPosition, 0);
    return behind <= max ? null : `Host excluded because lag ${behind} exceeds maximum allowed lag ${max}.`;
  });
}

function refusal(partition: number, candidates: readonly Candidate[], complaints: readonly (string | null)[]): string {
  const scanned = candidates.map(({ host }, index) => `${host} was not selected because ${complaints[index]}`);
  return `Partition ${partition} failed to find valid host. Hosts scanned: [${scanned.join(', ')}]`;
}

function noValidHost(refused: readonly string[]): MillraceError {
  const message = `Unable to execute pull query. [${refused.join(', ')}]`;
  return new MillraceError('NO_VALID_HOST', message, { retriable: true });
}

function beingMoved(partitions: readonly number[]): MillraceError {
  const message = `The partitions ${partitions.join(', ')} of the table are being moved from one engine to another`;
  return new MillraceError('PARTITIONS_MOVED', message, { retriable: true });
}

function onOtherEngine(partitions: readonly number[]): MillraceError {
  const message =
    `Other engines of this service hold the partitions ${partitions.join(', ')} of the table, and do not tell where they ` +
    'are: give each server an address that others reach, as ksql.advertised.listener=http://HOST:PORT';
  return new MillraceError('ON_OTHER_ENGINE', message, { retriable: true });
}
