import type { Clock, Logger } from '@millrace/base';
import { type ApiName, type ApiTypes, apis, type HostPort } from '@millrace/protocol';
import type { BrokerConfig } from '../cluster/broker-config.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { GroupCoordinator } from '../coordinators/group/group-coordinator.ts';
import type { MarkerTargets } from '../coordinators/transaction/markers.ts';
import type { TransactionCoordinator } from '../coordinators/transaction/transaction-coordinator.ts';
import type { BrokerCounters } from '../counters/broker-counters.ts';
import type { FetchSessions } from '../fetching/fetch-sessions.ts';
import type { BufferPool } from '../lib/buffer-pool.ts';
import type { MemoryBudget } from '../lib/memory-budget.ts';
import type { Timers } from '../lib/timers.ts';
import type { TurnBudget } from '../lib/turn-budget.ts';
import type { LogManager } from '../log/log-manager.ts';
import type { Authorizer } from '../security/acl/authorizer.ts';
import type { Rights } from '../security/acl/rights.ts';
import type { Principal } from '../security/principal.ts';
import type { ClientQuotas } from '../security/quota/client-quotas.ts';
import type { Throttler } from '../security/quota/throttler.ts';
import type { SecurityProtocol } from '../security/security-protocol.ts';
import type { Sharing } from '../sharing/sharing.ts';

/** The parts of the broker that requests are carried out by. */
export type Services = {
  readonly nodeId: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  readonly buffers: BufferPool;
  readonly memory: MemoryBudget;
  readonly counters: BrokerCounters;
  readonly fetchSessions: FetchSessions;
  readonly turns: TurnBudget;
  readonly cluster: Cluster;
  readonly logs: LogManager;
  readonly groups: GroupCoordinator;
  readonly transactions: TransactionCoordinator;
  readonly sharing: Sharing;
  /** Null where everybody may do everything. */
  readonly authorizer: Authorizer | null;
  readonly quotas: ClientQuotas;
  /** Where ends of transactions are written. */
  readonly markers: MarkerTargets;
  /** Where clients of a listener reach this broker; null before it listens, or when it only serves its own process. */
  readonly advertised: (listener: string) => HostPort | null;
};

/** One request on its way: who asks, and how. */
export type Call = {
  readonly version: number;
  readonly clientId: string;
  /** Address of the client as Kafka prints it, with a leading slash. */
  readonly clientHost: string;
  /** The name of the listener it came by. */
  readonly listener: string;
  readonly securityProtocol: SecurityProtocol;
  readonly principal: Principal;
  /** What the client may do; null for everything. Handlers see only what is allowed: the dispatcher takes the rest out. */
  readonly rights: Rights | null;
  /** How the client is made to wait; null while there are no quotas. */
  readonly throttler: Throttler | null;
  /** Aborted when the client is gone, or is to go: nothing waits for it any more. */
  readonly gone: AbortSignal;
  /** Memory for the bytes of the answer, good until the answer has gone out. */
  readonly allocate: (bytes: number) => Buffer;
};

type Answer<A extends ApiName> = ApiTypes[A]['response'] | Promise<ApiTypes[A]['response']>;

type ApiDefinition<A extends ApiName> = {
  readonly name: A;
  /** First and last version served; all that the codec has where it is left out. */
  readonly versions?: readonly [number, number];
  handle(services: Services, request: ApiTypes[A]['request'], call: Call): Answer<A>;
};

/** One API of the broker, its types erased so that all fit one list. */
export type BrokerApi = {
  readonly name: ApiName;
  readonly key: number;
  readonly minVersion: number;
  readonly maxVersion: number;
  handle(services: Services, request: unknown, call: Call): unknown;
};

export function defineApi<A extends ApiName>(definition: ApiDefinition<A>): BrokerApi {
  const codec = apis[definition.name];
  const [minVersion, maxVersion] = definition.versions ?? [codec.minVersion, codec.maxVersion];
  return {
    name: definition.name,
    key: codec.key,
    minVersion,
    maxVersion,
    // The codec of the same name decoded the request: its type is that of the name.
    handle: (services, request, call) => definition.handle(services, request as ApiTypes[A]['request'], call),
  };
}
