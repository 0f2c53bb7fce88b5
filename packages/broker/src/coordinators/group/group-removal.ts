import type { CoordinatorRecord } from '../runtime.ts';
import { removalChanges } from './consumer/migration.ts';
import { consumerGroupRecord } from './consumer/records.ts';
import type { Group } from './group-shard.ts';
import { groupRecord } from './records.ts';
import { shareGroupRemoval } from './share/records.ts';
import { streamsGroupRemoval } from './streams/records.ts';

/** What ends a group that nobody is in; its offsets are not its own to end. */
export function groupRemoval(group: Group): CoordinatorRecord[] {
  switch (group.kind) {
    case 'classic':
      return [groupRecord(group.id, null)];
    case 'consumer':
      return removalChanges(group.view).map((change) => consumerGroupRecord(group.id, change));
    case 'share':
      return shareGroupRemoval(group.id, group.view);
    case 'streams':
      return streamsGroupRemoval(group.id, group.view);
  }
}
