import type { CoordinatorRecord } from '../runtime.ts';
import { removalChanges } from './consumer/migration.ts';
import { consumerGroupRecord } from './consumer/records.ts';
import type { Group } from './group-shard.ts';
import { groupRecord } from './records.ts';

/** What ends a group that nobody is in; its offsets are not its own to end. */
export function groupRemoval(group: Group): CoordinatorRecord[] {
  if (group.kind === 'classic') return [groupRecord(group.id, null)];
  return removalChanges(group.view).map((change) => consumerGroupRecord(group.id, change));
}
