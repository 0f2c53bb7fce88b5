import type { Cluster } from '../cluster/cluster.ts';
import { withCoordinator } from '../cluster/with-coordinator.ts';
import { retry } from '../lib/backoff.ts';
import type { TopicPartition } from '../lib/topic-partition.ts';
import { abortable } from '../lib/wait.ts';
import { type CommittedOffset, type Committer, commitOffsets, fetchOffsets, type OffsetToCommit } from './offsets.ts';

/** The offsets of a group, committed and asked for with retries on the connection of its member. */
export class GroupOffsets {
  readonly #cluster: Cluster;
  readonly #lane: string;
  readonly #groupId: string;

  constructor(cluster: Cluster, lane: string, groupId: string) {
    this.#cluster = cluster;
    this.#lane = lane;
    this.#groupId = groupId;
  }

  commit(member: Committer, offsets: readonly OffsetToCommit[], signal: AbortSignal | undefined): Promise<void> {
    return this.#retry(signal, () =>
      withCoordinator(this.#cluster, this.#groupId, this.#lane, (link) => commitOffsets(link, member, offsets)),
    );
  }

  committed(
    partitions: readonly TopicPartition[],
    signal: AbortSignal | undefined,
  ): Promise<readonly CommittedOffset[]> {
    return this.#retry(signal, () =>
      withCoordinator(this.#cluster, this.#groupId, this.#lane, (link) =>
        fetchOffsets(link, this.#groupId, partitions),
      ),
    );
  }

  #retry<T>(signal: AbortSignal | undefined, attempt: () => Promise<T>): Promise<T> {
    const { settings } = this.#cluster;
    return abortable(retry({ ...settings, timeoutMs: settings.retryTimeoutMs, signal }, attempt), signal);
  }
}
