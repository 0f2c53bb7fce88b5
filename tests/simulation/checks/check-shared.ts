import type { Wire } from '@millrace/broker/testing';
import { placeKey } from '../history.ts';
import { INPUT, OUTPUT, PARTITIONS, type Scene } from '../scene.ts';
import { DELIVERIES_MAX, SHARE_GROUP, type SharedDeliveries } from '../shared-deliveries.ts';
import type { PartitionContent } from './read-log.ts';

/**
 * A share group is done with everything when all is quiet: what it was given is what is stored and committed, and each
 * record was accepted, or rejected, or delivered as often as it may be.
 */
export async function checkShared(
  scene: Scene,
  shared: SharedDeliveries,
  contents: ReadonlyMap<string, PartitionContent>,
  wire: Wire,
): Promise<void> {
  if (scene.plan.sharers === 0 || scene.plan.isLossy) return;
  for (const [where, content] of contents) checkPartition(scene, shared, where, content);
  await checkStarts(scene, contents, wire);
}

function checkPartition({ history }: Scene, shared: SharedDeliveries, where: string, content: PartitionContent): void {
  const stored = new Map(content.committed.map(({ offset, value }) => [`${where}:${offset}`, value]));
  for (const [place, { value }] of shared.records) {
    if (!place.startsWith(`${where}:`) || stored.get(place) === value) continue;
    history.violate(`${place} was shared as ${value}, what is committed there is ${stored.get(place) ?? 'nothing'}`);
  }
  for (const place of stored.keys()) {
    const known = shared.records.get(place);
    if (known !== undefined && (known.doneAt !== null || known.wordsInDoubt > 0)) continue;
    const count = Math.max(0, ...(known?.given ?? []).map((one) => one.count));
    if (count + shared.lostFetches >= DELIVERIES_MAX) continue;
    history.violate(`${place} was given up: nobody was done with it, and it was delivered ${count} times`);
  }
}

/** The group's start follows what is done with up to the end. */
async function checkStarts(
  { history }: Scene,
  contents: ReadonlyMap<string, PartitionContent>,
  wire: Wire,
): Promise<void> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const topics = [INPUT, OUTPUT].map((topicName) => ({ topicName, partitions }));
  const answer = await wire.send('DescribeShareGroupOffsets', 1, { groups: [{ groupId: SHARE_GROUP, topics }] });
  for (const { topicName: topic, partitions: found } of answer?.groups[0]?.topics ?? []) {
    for (const { partitionIndex: partition, startOffset } of found) {
      const { highWatermark } = contents.get(placeKey({ topic, partition }))!;
      if (startOffset === highWatermark) continue;
      const where = placeKey({ topic, partition });
      history.violate(`when all was quiet, ${where} was shared up to ${startOffset}, its end is ${highWatermark}`);
    }
  }
}
