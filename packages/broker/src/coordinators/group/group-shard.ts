import { BrokerError } from '../../lib/broker-error.ts';
import type { CoordinatorRecord, Shard } from '../runtime.ts';
import { ClassicGroup } from './classic/classic-group.ts';
import type { GroupEnvironment } from './classic/environment.ts';
import type { GroupChange } from './consumer/changes.ts';
import { ConsumerGroup, type ConsumerGroupCoordinator } from './consumer/consumer-group.ts';
import { GroupOffsets } from './offsets.ts';
import { decodeGroupRecord } from './records.ts';
import type { ShareGroupChange } from './share/changes.ts';
import { ShareGroup, type ShareGroupEnvironment } from './share/share-group.ts';
import type { StreamsGroupChange } from './streams/changes.ts';
import { StreamsGroup, type StreamsGroupEnvironment } from './streams/streams-group.ts';

/** A classic group may become a consumer group, and that a classic one, while members go on; others stay what they are. */
export type Group = ClassicGroup | ConsumerGroup | ShareGroup | StreamsGroup;

export type GroupEnvironments = {
  readonly classic: GroupEnvironment;
  readonly consumer: ConsumerGroupCoordinator;
  readonly share: ShareGroupEnvironment;
  readonly streams: StreamsGroupEnvironment;
};

/** The groups of one partition of `__consumer_offsets`, and what they committed. */
export class GroupShard implements Shard {
  readonly #environments: GroupEnvironments;
  readonly #groups = new Map<string, Group>();
  readonly #offsets = new Map<string, GroupOffsets>();
  /** The groups whose offsets the open transactions of a producer may change. */
  readonly #pending = new Map<number, Set<GroupOffsets>>();
  #isLoaded = false;

  constructor(environments: GroupEnvironments) {
    this.#environments = environments;
  }

  get(groupId: string): Group | undefined {
    return this.#groups.get(groupId);
  }

  offsets(groupId: string): GroupOffsets | undefined {
    return this.#offsets.get(groupId);
  }

  all(): Iterable<Group> {
    return this.#groups.values();
  }

  makeClassic(groupId: string): ClassicGroup {
    const group = new ClassicGroup(groupId, this.#environments.classic);
    this.#groups.set(groupId, group);
    return group;
  }

  /** A consumer group that is not yet known to anybody: {@link adopt} follows when there is something to store. */
  freshConsumer(groupId: string): ConsumerGroup {
    return new ConsumerGroup(groupId, this.#environments.consumer);
  }

  /** The same for a share group. */
  freshShare(groupId: string): ShareGroup {
    return new ShareGroup(groupId, this.#environments.share);
  }

  /** The same for a streams group. */
  freshStreams(groupId: string): StreamsGroup {
    return new StreamsGroup(groupId, this.#environments.streams);
  }

  /** Puts a group in the place of what was known by its name. */
  adopt(group: Group): void {
    const before = this.#groups.get(group.id);
    if (before === group) return;
    if (before !== undefined) end(before, 'UNKNOWN_MEMBER_ID');
    this.#groups.set(group.id, group);
  }

  replay(record: CoordinatorRecord, producerId: number | null): void {
    const decoded = decodeGroupRecord(record);
    switch (decoded.kind) {
      case 'offset': {
        const { key, value } = decoded;
        const offsets = value === null ? this.#offsets.get(key.group) : this.#offsetsToChange(key.group);
        if (value !== null && producerId !== null) {
          offsets?.replayPending(producerId, key, value);
          this.#pendingOf(producerId).add(offsets!);
        } else {
          offsets?.replay(key, value);
          if (offsets?.isEmpty) this.#offsets.delete(key.group);
        }
        return;
      }
      case 'group': {
        const known = this.#groups.get(decoded.groupId);
        if (decoded.value === null) {
          if (known?.kind === 'classic') this.#drop(known);
        } else if (known === undefined || (!this.#isLoaded && known.kind === 'classic')) {
          // A living group is ahead of its records: they only matter to the next start.
          this.makeClassic(decoded.groupId).restore(decoded.value);
        }
        return;
      }
      case 'consumer-group':
        this.#replayConsumer(decoded.groupId, decoded.change);
        return;
      case 'share-group':
        this.#replayShare(decoded.groupId, decoded.change);
        return;
      case 'streams-group':
        this.#replayStreams(decoded.groupId, decoded.change);
        return;
      case 'unknown':
    }
  }

  endTransaction(producerId: number, isCommitted: boolean): void {
    for (const offsets of this.#pending.get(producerId) ?? []) offsets.endTransaction(producerId, isCommitted);
    this.#pending.delete(producerId);
  }

  onLoaded(): void {
    this.#isLoaded = true;
    for (const [groupId, group] of this.#groups) {
      const isNothing = group.kind === 'classic' ? group.generation === 0 : group.view.epoch === 0;
      if (group.isVacant && isNothing && !this.#offsets.has(groupId)) this.#groups.delete(groupId);
      else group.startSessions();
    }
  }

  onUnloaded(): void {
    for (const group of this.#groups.values()) end(group, 'NOT_COORDINATOR');
    this.#groups.clear();
    this.#offsets.clear();
    this.#pending.clear();
  }

  #replayConsumer(groupId: string, change: GroupChange): void {
    let group = this.#groups.get(groupId);
    if (group?.kind !== 'consumer') {
      if (change.value === null) return;
      group = this.freshConsumer(groupId);
      this.adopt(group);
    }
    group.replay(change);
    if (change.kind === 'epoch' && change.value === null) this.#drop(group);
  }

  #replayShare(groupId: string, change: ShareGroupChange): void {
    let group = this.#groups.get(groupId);
    if (group?.kind !== 'share') {
      if (change.value === null) return;
      group = this.freshShare(groupId);
      this.adopt(group);
    }
    group.replay(change);
    if (change.kind === 'epoch' && change.value === null) this.#drop(group);
  }

  #replayStreams(groupId: string, change: StreamsGroupChange): void {
    let group = this.#groups.get(groupId);
    if (group?.kind !== 'streams') {
      if (change.value === null) return;
      group = this.freshStreams(groupId);
      this.adopt(group);
    }
    group.replay(change);
    if (change.kind === 'epoch' && change.value === null) this.#drop(group);
  }

  /** Offsets without a group are those of a group that nobody is in. */
  #offsetsToChange(groupId: string): GroupOffsets {
    let offsets = this.#offsets.get(groupId);
    if (offsets === undefined) {
      offsets = new GroupOffsets();
      this.#offsets.set(groupId, offsets);
      if (!this.#groups.has(groupId)) this.makeClassic(groupId);
    }
    return offsets;
  }

  #pendingOf(producerId: number): Set<GroupOffsets> {
    let pending = this.#pending.get(producerId);
    if (pending === undefined) {
      pending = new Set();
      this.#pending.set(producerId, pending);
    }
    return pending;
  }

  #drop(group: Group): void {
    end(group, 'UNKNOWN_MEMBER_ID');
    this.#groups.delete(group.id);
  }
}

function end(group: Group, error: 'NOT_COORDINATOR' | 'UNKNOWN_MEMBER_ID'): void {
  if (group.kind !== 'classic') group.end();
  else if (group.state !== 'Dead') group.die(new BrokerError(error).errorCode);
}
