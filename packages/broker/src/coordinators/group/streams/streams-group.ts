import { describeError, type Logger, type Timer } from '@millrace/base';
import { BrokerError } from '../../../lib/broker-error.ts';
import type { Timers } from '../../../lib/timers.ts';
import type { CoordinatorRecord } from '../../runtime.ts';
import { type Deadline, MemberTimers } from '../consumer/member-timers.ts';
import type { Topics } from '../consumer/subscriptions.ts';
import type { StreamsGroupChange } from './changes.ts';
import { checkStreamsCommit, type StreamsCommitClaim } from './check-commit.ts';
import { type ConfiguredTopology, configureTopology, type InternalTopic } from './configured-topology.ts';
import type {
  StreamsClient,
  StreamsContext,
  StreamsDecision,
  StreamsGroupSettings,
  StreamsHeartbeatAnswer,
  StreamsHeartbeatRequest,
} from './decision.ts';
import { type EndpointPartitions, partitionsByEndpoint } from './endpoints.ts';
import { StreamsGroupState, type StreamsGroupStatus, type StreamsGroupView } from './group-state.ts';
import { decideStreamsHeartbeat, removeStreamsMembers } from './heartbeat.ts';
import type { StreamsMember } from './member.ts';
import { streamsGroupRecord } from './records.ts';
import { renewTarget } from './target.ts';
import type { StreamsStatus } from './topic-problem.ts';
import { sourceTopicsOf, type Topology } from './topology.ts';

/** What a streams group needs from its coordinator. */
export type StreamsGroupEnvironment = {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly wallMs: () => number;
  readonly topics: () => Topics;
  readonly settings: (groupId: string) => StreamsGroupSettings;
  /** Stores records and replays them, into this group where they are its; resolves when they are durable. */
  readonly store: (group: StreamsGroup, records: readonly CoordinatorRecord[]) => Promise<void>;
  /** Resolves when what was stored before is durable. */
  readonly settled: (group: StreamsGroup) => Promise<void>;
};

/** What a member hears: of itself, and where interactive queries find what. */
export type StreamsAnswer = StreamsHeartbeatAnswer & {
  readonly endpointEpoch: number;
  /** Null where the member knows it. */
  readonly endpoints: readonly EndpointPartitions[] | null;
};

/**
 * One streams group (KIP-1071): the instances of an application, to which the broker assigns tasks. What lasts is in the
 * state, which only replayed records change; what a heartbeat means is decided by functions of that state
 * (`heartbeat.ts`, `target.ts`, `reconcile.ts`). Here decisions become so, and deadlines are kept.
 */
export class StreamsGroup {
  readonly kind = 'streams';
  readonly protocolType = 'streams';
  readonly id: string;
  readonly #environment: StreamsGroupEnvironment;
  readonly #state: StreamsGroupState;
  readonly #deadlines: MemberTimers;
  /** The topics that there were when the group was looked at last; null before the first time. */
  #seenTopics: Topics['topics'] | null = null;
  /** What the topology came to with the topics of then. */
  #configured: { readonly by: Topology; readonly topics: Topics['topics']; readonly is: ConfiguredTopology } | null =
    null;
  /** Runs while a group that was empty waits for more members. */
  #initialDelay: Timer | null = null;
  /** The member that wants the whole application to stop. */
  #shutdownBy: string | null = null;
  /** Raised when what interactive queries find changes; not stored: after a restart everybody is told. */
  #endpointEpoch = 0;
  #isEnded = false;

  constructor(id: string, environment: StreamsGroupEnvironment) {
    this.id = id;
    this.#environment = environment;
    this.#state = new StreamsGroupState(id);
    this.#deadlines = new MemberTimers(environment.timers, (memberId, deadline) => this.#onMissed(memberId, deadline));
  }

  get view(): StreamsGroupView {
    return this.#state;
  }

  get state(): StreamsGroupStatus {
    return this.#isEnded ? 'Dead' : this.#state.status;
  }

  get isVacant(): boolean {
    return this.#state.members.size === 0;
  }

  /** What the topology comes to with the topics that there are; null before there is one, or if it never could run. */
  get configured(): ConfiguredTopology | null {
    const { topology } = this.#state;
    return topology === null ? null : this.#configure(topology, this.#environment.topics());
  }

  replay(change: StreamsGroupChange): void {
    this.#state.apply(change);
    if (change.kind !== 'facts' || change.value !== null) return;
    this.#deadlines.clearMember(change.memberId);
    if (this.isVacant) this.#shutdownBy = null;
  }

  /** The topics that have to be made before a heartbeat means tasks. @throws BrokerError where the group refuses it. */
  missingTopics(request: StreamsHeartbeatRequest, client: StreamsClient): readonly InternalTopic[] {
    const isRunning = request.topology === null && this.configured?.kind === 'ready';
    return isRunning ? [] : this.#decide(request, client).missing;
  }

  /**
   * What a heartbeat comes to; `problem` says why missing topics could not be made. Resolves when what changed is durable.
   *
   * @throws BrokerError where the group refuses.
   */
  async heartbeat(
    request: StreamsHeartbeatRequest,
    client: StreamsClient,
    problem: string | null,
  ): Promise<StreamsAnswer> {
    const { changes, answer } = this.#decide(request, client);
    if (this.isVacant && answer.memberEpoch >= 0) this.#waitForMore();
    const stored = this.#commit(changes);
    if (request.shutdownApplication) this.#shutdownBy ??= request.memberId;
    const member = this.#state.members.get(answer.memberId);
    if (member !== undefined) this.#heard(member);
    if (answer.hasMoved && member?.userEndpoint) this.#endpointEpoch += 1;
    const statuses = [...told(answer.statuses, problem), ...this.#shutdown()];
    const endpoints = answer.memberEpoch >= 0 ? this.#endpointsFor(request) : null;
    const endpointEpoch = this.#endpointEpoch;
    await stored;
    return { ...answer, statuses, endpointEpoch, endpoints };
  }

  /** @throws BrokerError where the member may not commit. */
  checkCommit(claim: StreamsCommitClaim): void {
    checkStreamsCommit(this.#state, claim);
  }

  /** Since when committed offsets of topics that nobody wants are of no use: each since its commit. */
  offsetsUnusedSince(): 'commit' {
    return 'commit';
  }

  /** The topics that members read. */
  subscribedTopics(): ReadonlySet<string> {
    if (this.isVacant) return new Set();
    return new Set(this.#state.topology?.subtopologies.flatMap(sourceTopicsOf));
  }

  /** Gives every member of a group that was loaded a whole session to be heard of again. */
  startSessions(): void {
    for (const member of this.#state.members.values()) {
      this.#heard(member);
      this.#expectRevocation(member);
    }
  }

  /** The group is no more. */
  end(): void {
    this.#isEnded = true;
    this.#initialDelay?.clear();
    this.#deadlines.clearAll();
  }

  #decide(request: StreamsHeartbeatRequest, client: StreamsClient): StreamsDecision {
    if (this.#isEnded) throw new BrokerError('COORDINATOR_NOT_AVAILABLE');
    return decideStreamsHeartbeat(this.#state, request, client, this.#context());
  }

  #context(): StreamsContext {
    const { settings: settingsOf, topics: image, wallMs } = this.#environment;
    const topics = image();
    const settings = settingsOf(this.id);
    return {
      topics,
      topicsChanged: topics.topics !== this.#seenTopics,
      nowMs: wallMs(),
      settings,
      isWaiting: this.#initialDelay !== null || (this.isVacant && settings.initialDelayMs > 0),
      configure: (topology) => this.#configure(topology, topics),
    };
  }

  /** Looked at anew when topics or the topology have changed, which they seldom do. */
  #configure(topology: Topology, { topics }: Pick<Topics, 'topics'>): ConfiguredTopology {
    const known = this.#configured;
    if (known !== null && known.by === topology && known.topics === topics) return known.is;
    const is = configureTopology(topology, { topics });
    this.#configured = { by: topology, topics, is };
    return is;
  }

  #commit(changes: readonly StreamsGroupChange[]): Promise<void> {
    this.#seenTopics = this.#environment.topics().topics;
    // The answer may speak of what another request has changed and is still waiting for.
    if (changes.length === 0) return this.#environment.settled(this);
    const stored = this.#environment.store(
      this,
      changes.map((change) => streamsGroupRecord(this.id, change)),
    );
    for (const change of changes) this.#onChanged(change);
    return stored;
  }

  #onChanged(change: StreamsGroupChange): void {
    if (change.kind === 'target-epoch' && change.value !== null) {
      const { epoch: groupEpoch } = change.value;
      const members = this.#state.members.size;
      this.#environment.logger.info('a group rebalanced', { groupId: this.id, groupEpoch, members });
    }
    if (change.kind !== 'assignment') return;
    this.#deadlines.clear(change.memberId, 'rebalance');
    const member = this.#state.members.get(change.memberId);
    if (member !== undefined) this.#expectRevocation(member);
  }

  #expectRevocation({ id, state, rebalanceTimeoutMs }: StreamsMember): void {
    if (state === 'unrevoked') this.#deadlines.set(id, 'rebalance', rebalanceTimeoutMs);
  }

  #heard({ id }: StreamsMember): void {
    this.#deadlines.set(id, 'session', this.#environment.settings(this.id).sessionTimeoutMs);
  }

  /** The first members of an empty group often come together: they share the tasks from the beginning. */
  #waitForMore(): void {
    const { timers, settings } = this.#environment;
    const { initialDelayMs } = settings(this.id);
    if (initialDelayMs === 0 || this.#initialDelay !== null) return;
    this.#initialDelay = timers.set(initialDelayMs, () => this.#onWaited());
  }

  #onWaited(): void {
    this.#initialDelay = null;
    const { members, epoch } = this.#state;
    const { configured } = this;
    if (this.#isEnded || members.size === 0 || configured === null) return;
    const { changes } = renewTarget(this.#state, members, epoch, configured, this.#context());
    this.#commit(changes).catch((error: unknown) => this.#onNotStored('the first target was not stored', error));
  }

  #shutdown(): StreamsStatus[] {
    if (this.#shutdownBy === null) return [];
    const detail =
      `Streams group member ${this.#shutdownBy} encountered a fatal error and requested a shutdown for the entire ` +
      'application.';
    return [{ status: 'SHUTDOWN_APPLICATION', detail }];
  }

  #endpointsFor({ endpointInformationEpoch }: StreamsHeartbeatRequest): readonly EndpointPartitions[] | null {
    const { configured } = this;
    if (endpointInformationEpoch === this.#endpointEpoch || configured === null) return null;
    const { topics } = this.#environment.topics();
    return partitionsByEndpoint(
      this.#state.members.values(),
      configured,
      (topic) => topics.get(topic)?.partitionCount ?? 0,
    );
  }

  #onMissed(memberId: string, deadline: Deadline): void {
    this.#environment.logger.info('a member is out of its group', { groupId: this.id, memberId, missed: deadline });
    if (this.#isEnded || !this.#state.members.has(memberId)) return;
    this.#commit(removeStreamsMembers(this.#state, [memberId])).catch((error: unknown) => {
      this.#onNotStored('a member that is out could not be removed', error);
    });
  }

  #onNotStored(what: string, error: unknown): void {
    this.#environment.logger.error(what, { groupId: this.id, error: describeError(error) });
  }
}

/** Why topics could not be made stands beside that they are missing. */
function told(statuses: readonly StreamsStatus[], problem: string | null): readonly StreamsStatus[] {
  if (problem === null) return statuses;
  return statuses.map(({ status, detail }) => ({
    status,
    detail: status === 'MISSING_INTERNAL_TOPICS' ? `${detail}; ${problem}` : detail,
  }));
}
