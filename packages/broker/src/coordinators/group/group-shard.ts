import { BrokerError } from '../../lib/broker-error.ts';
import type { CoordinatorRecord, Shard } from '../runtime.ts';
import { ClassicGroup } from './classic/classic-group.ts';
import type { GroupEnvironment } from './classic/environment.ts';
import { GroupOffsets } from './offsets.ts';
import { decodeGroupRecord } from './records.ts';

/** A group: who is in it, and what it committed. */
export type Group = { readonly classic: ClassicGroup; readonly offsets: GroupOffsets };

/** The groups of one partition of `__consumer_offsets`. */
export class GroupShard implements Shard {
  readonly partition: number;
  readonly #environment: GroupEnvironment;
  readonly #groups = new Map<string, Group>();
  #isLoaded = false;

  constructor(partition: number, environment: GroupEnvironment) {
    this.partition = partition;
    this.#environment = environment;
  }

  get(groupId: string): Group | undefined {
    return this.#groups.get(groupId);
  }

  getOrMake(groupId: string): Group {
    let group = this.#groups.get(groupId);
    if (group === undefined) {
      group = { classic: new ClassicGroup(groupId, this.#environment), offsets: new GroupOffsets() };
      this.#groups.set(groupId, group);
    }
    return group;
  }

  all(): Iterable<Group> {
    return this.#groups.values();
  }

  replay(record: CoordinatorRecord, producerId: number | null): void {
    const decoded = decodeGroupRecord(record);
    switch (decoded.kind) {
      case 'offset': {
        const { key, value } = decoded;
        if (value !== null && producerId !== null) {
          this.getOrMake(key.group).offsets.replayPending(producerId, key, value);
        } else if (value !== null) this.getOrMake(key.group).offsets.replay(key, value);
        else this.#groups.get(key.group)?.offsets.replay(key, value);
        return;
      }
      case 'group':
        // A living group is ahead of its records: they only matter to the next start.
        if (decoded.value === null) this.#drop(decoded.groupId);
        else if (!this.#isLoaded) this.#restore(decoded.groupId, decoded.value);
        return;
      case 'unknown':
    }
  }

  endTransaction(producerId: number, isCommitted: boolean): void {
    for (const { offsets } of this.#groups.values()) offsets.endTransaction(producerId, isCommitted);
  }

  onLoaded(): void {
    this.#isLoaded = true;
    for (const [groupId, group] of this.#groups) {
      if (group.classic.isVacant && group.classic.generation === 0 && group.offsets.isEmpty)
        this.#groups.delete(groupId);
      else group.classic.startSessions();
    }
  }

  onUnloaded(): void {
    const { errorCode } = new BrokerError('NOT_COORDINATOR');
    for (const { classic } of this.#groups.values()) if (classic.state !== 'Dead') classic.die(errorCode);
    this.#groups.clear();
  }

  #drop(groupId: string): void {
    const group = this.#groups.get(groupId);
    if (group === undefined) return;
    if (group.classic.state !== 'Dead') group.classic.die(new BrokerError('UNKNOWN_MEMBER_ID').errorCode);
    this.#groups.delete(groupId);
  }

  #restore(groupId: string, value: Parameters<ClassicGroup['restore']>[0]): void {
    const classic = new ClassicGroup(groupId, this.#environment);
    classic.restore(value);
    this.#groups.set(groupId, { classic, offsets: this.#groups.get(groupId)?.offsets ?? new GroupOffsets() });
  }
}
