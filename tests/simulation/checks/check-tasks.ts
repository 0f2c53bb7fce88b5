import type { Wire } from '@millrace/broker/testing';
import { PARTITIONS, type Scene } from '../scene.ts';
import { STREAMS_GROUP, type TaskOwners } from '../task-owners.ts';

/** When all is quiet, a streams group is stable, and each task is active with exactly one instance that lives. */
export async function checkTasks(scene: Scene, owners: TaskOwners, wire: Wire): Promise<void> {
  const { plan, history } = scene;
  if (plan.instances === 0) return;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const found = owners.workersOf(`0_${partition}`);
    if (found.length === 1) continue;
    history.violate(`when all was quiet, task 0_${partition} was active with ${found.join(' and ') || 'nobody'}`);
  }
  const request = { groupIds: [STREAMS_GROUP], includeAuthorizedOperations: false };
  const group = (await wire.send('StreamsGroupDescribe', 0, request))?.groups[0];
  if (group?.groupState !== 'Stable') history.violate(`when all was quiet, the streams group was ${group?.groupState}`);
  if (group?.members.length === plan.instances) return;
  history.violate(`when all was quiet, the streams group had ${group?.members.length} members of ${plan.instances}`);
}
