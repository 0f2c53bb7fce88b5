import type { Admin } from '@millrace/client';
import { parseTaskId } from './task-id.ts';
import type { TopicNames } from './topic-names.ts';
import type { TopologyLayout } from './topology-layout.ts';

type ChangelogSizesOptions = {
  readonly admin: Admin;
  readonly names: TopicNames;
  readonly layout: TopologyLayout;
};

/** How many offsets the changelogs of each task have, all together: what whoever has no state of it must read. */
export async function changelogSizes(
  tasks: readonly string[],
  { admin, names, layout }: ChangelogSizesOptions,
): Promise<ReadonlyMap<string, number>> {
  const changelogs = tasks.flatMap((task) => {
    const { subTopology, partition } = parseTaskId(task)!;
    const { loggedStores } = layout.subTopologies.find(({ id }) => id === subTopology)!;
    return loggedStores.map((store) => ({ task, topic: names.changelog(store), partition }));
  });
  const ends = await admin.listOffsets(changelogs, 'latest');
  const sizes = new Map<string, number>();
  for (const { task, topic, partition } of changelogs) {
    const end = ends.find((listed) => listed.topic === topic && listed.partition === partition);
    sizes.set(task, (sizes.get(task) ?? 0) + (end?.offset ?? 0));
  }
  return sizes;
}
