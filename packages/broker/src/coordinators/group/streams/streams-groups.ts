import { BrokerError } from '../../../lib/broker-error.ts';
import type { GroupIndex } from '../group-index.ts';
import { groupRemoval } from '../group-removal.ts';
import type { GroupSettings } from '../group-settings.ts';
import type { Group } from '../group-shard.ts';
import { checkStreamsHeartbeat, LEAVE_EPOCH } from './check-heartbeat.ts';
import type { InternalTopic } from './configured-topology.ts';
import type { StreamsClient, StreamsHeartbeatRequest } from './decision.ts';
import type { StreamsAnswer, StreamsGroup } from './streams-group.ts';

/** Makes topics for a client. Answers why some could not be made; null where they are there. */
export type MakeTopics = (topics: readonly InternalTopic[]) => Promise<string | null>;

/** What is of streams groups alone: their members' heartbeats. */
export class StreamsGroups {
  readonly #groups: GroupIndex;
  readonly #settings: GroupSettings;

  constructor(groups: GroupIndex, settings: GroupSettings) {
    this.#groups = groups;
    this.#settings = settings;
  }

  /**
   * A heartbeat of a member, by which it joins and leaves, too. Resolves when what changed is durable.
   *
   * @throws BrokerError where the group refuses.
   */
  async heartbeat(
    request: StreamsHeartbeatRequest,
    client: StreamsClient,
    makeTopics: MakeTopics,
  ): Promise<StreamsAnswer> {
    if (!this.#settings.speaks('streams')) throw new BrokerError('UNSUPPORTED_VERSION');
    checkStreamsHeartbeat(request);
    const group = await this.#groupFor(request);
    const missing = group.missingTopics(request, client);
    if (missing.length === 0) return await group.heartbeat(request, client, null);
    const problem = await makeTopics(missing);
    // Meanwhile others may have joined.
    return await (await this.#groupFor(request)).heartbeat(request, client, problem);
  }

  heartbeatIntervalMs(groupId: string): number {
    return this.#settings.streams(groupId).heartbeatIntervalMs;
  }

  /** The group that a member speaks to; who joins makes it. @throws BrokerError `GROUP_ID_NOT_FOUND` */
  async #groupFor({ groupId, memberEpoch }: StreamsHeartbeatRequest): Promise<StreamsGroup> {
    const known = this.#groups.find(groupId);
    const isJoining = memberEpoch === 0;
    if (known === undefined && !isJoining) {
      const what = memberEpoch === LEAVE_EPOCH ? 'Group' : 'Streams group';
      throw new BrokerError('GROUP_ID_NOT_FOUND', `${what} ${groupId} not found.`);
    }
    const isOver = known?.kind === 'classic' && known.isVacant && isJoining;
    if (known !== undefined && !isOver) return onlyStreams(known);
    // A classic group that everybody left ends; what it committed is of its name, and stays.
    if (known !== undefined && known.generation > 0) await this.#groups.write(groupId, groupRemoval(known));
    const now = this.#groups.find(groupId);
    return now?.kind === 'streams' ? now : this.#groups.shardOf(groupId).freshStreams(groupId);
  }
}

/** @throws BrokerError `GROUP_ID_NOT_FOUND` for a group of another type. */
function onlyStreams(group: Group): StreamsGroup {
  if (group.kind === 'streams') return group;
  throw new BrokerError('GROUP_ID_NOT_FOUND', `Group ${group.id} is not a streams group.`);
}
