import type { GroupMember, OffsetToCommit, TopicPartition } from '@millrace/client';
import { placeKey } from '../history.ts';
import { type ClientProcess, INPUT, OUTPUT, type Scene } from '../scene.ts';

export const READ_GROUP = 'readers';

/** The members of the group that live now, by process name: what they believe to own. */
export type Owned = Map<string, readonly TopicPartition[]>;

/**
 * Members of a classic group that commit higher and higher offsets for what they own. They read nothing: this is about
 * who owns what, and whether offsets last.
 */
export function startReaders(scene: Scene, owned: Owned): void {
  for (let index = 0; index < scene.plan.readers; index++) {
    scene.keepRunning(`reader-${index}`, (process) => {
      process.onKilled(() => owned.delete(process.name));
      return read(scene, process, owned, index);
    });
  }
}

async function read(scene: Scene, process: ClientProcess, owned: Owned, index: number): Promise<void> {
  const { world, history } = scene;
  const positions = new Map<string, OffsetToCommit>();
  const isStatic = index === 0;
  const member = scene.client(process).groupMember({
    groupId: READ_GROUP,
    groupProtocol: scene.plan.readerProtocol,
    ...(isStatic ? { groupInstanceId: `static-${index}` } : {}),
    topics: [INPUT, OUTPUT],
    ...(scene.assignors === undefined ? {} : { assignors: scene.assignors }),
    sessionTimeoutMs: 3_000,
    heartbeatIntervalMs: 600,
    maxPollIntervalMs: 6_000,
    listener: {
      onAssigned: async ({ generation, memberId, partitions }, added) => {
        world.tell(process.name, `owns ${partitions.map(placeKey).join(' ')} in generation ${generation}`);
        // A static member that comes back in the same generation is the same one; under the consumer protocol members are
        // in epochs of their own, and what is owned is looked at when all is quiet.
        const identity = isStatic ? 'the static member' : memberId;
        if (scene.plan.readerProtocol === 'classic') {
          for (const partition of partitions) history.owns(READ_GROUP, generation, identity, placeKey(partition));
        }
        owned.set(process.name, partitions);
        await begin(scene, member, positions, added);
      },
      onRevoked: (partitions) => forget(owned, process, positions, partitions),
      onLost: (partitions) => forget(owned, process, positions, partitions),
    },
  });
  await member.join();
  for (;;) {
    member.poll();
    await process.sleep(world.between(50, 600));
    if (positions.size === 0) continue;
    const wanted = [...positions.values()].filter(() => world.chance(60));
    await commit(scene, member, positions, wanted).catch((error: unknown) => {
      if (member.failure !== undefined) throw error;
      world.trace(process.name, `commit failed: ${String(error)}`);
    });
  }
}

/** Goes on from the committed offsets, which must be what was acknowledged. */
async function begin(
  scene: Scene,
  member: GroupMember,
  positions: Map<string, OffsetToCommit>,
  added: readonly TopicPartition[],
): Promise<void> {
  if (added.length === 0) return;
  const { history } = scene;
  const powerLosses = scene.powerLosses;
  const least = added.map((partition) => history.ackedCommit(READ_GROUP, placeKey(partition)));
  const committed = await member.committed(added);
  added.forEach((partition, index) => {
    const { topic } = partition;
    const found = committed.find((one) => one.topic === topic && one.partition === partition.partition);
    const offset = found?.offset ?? -1;
    const isComparable = !scene.plan.isLossy || powerLosses === scene.powerLosses;
    if (isComparable) history.commitRead(READ_GROUP, placeKey(partition), offset, least[index]!);
    positions.set(placeKey(partition), { ...partition, offset: Math.max(offset, 0) });
  });
}

async function commit(
  scene: Scene,
  member: GroupMember,
  positions: Map<string, OffsetToCommit>,
  wanted: readonly OffsetToCommit[],
): Promise<void> {
  const { history, world } = scene;
  const offsets = wanted.map((position) => ({ ...position, offset: position.offset + world.between(1, 10) }));
  const powerLosses = scene.powerLosses;
  for (const position of offsets) {
    positions.set(placeKey(position), position);
    history.commitSent(READ_GROUP, placeKey(position), position.offset);
  }
  await member.commit(offsets);
  if (scene.plan.isLossy && powerLosses !== scene.powerLosses) return;
  for (const position of offsets) history.commitAcked(READ_GROUP, placeKey(position), position.offset);
}

function forget(
  owned: Owned,
  process: ClientProcess,
  positions: Map<string, OffsetToCommit>,
  partitions: readonly TopicPartition[],
): void {
  const gone = new Set(partitions.map(placeKey));
  owned.set(
    process.name,
    (owned.get(process.name) ?? []).filter((partition) => !gone.has(placeKey(partition))),
  );
  for (const key of gone) positions.delete(key);
}
