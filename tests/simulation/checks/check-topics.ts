import type { Wire } from '@millrace/broker/testing';
import { MetadataRequestDefaults } from '@millrace/protocol';
import type { Scene } from '../scene.ts';
import type { TopicFact } from '../workloads/admin-churn.ts';
import { readPartition } from './read-log.ts';

/** Topics are there or gone as was answered, with what was written into them since they were made and nothing else. */
export async function checkTopics(scene: Scene, wire: Wire, facts: ReadonlyMap<string, TopicFact>): Promise<void> {
  const { history } = scene;
  const answer = await wire.send('Metadata', 9, {
    ...MetadataRequestDefaults,
    topics: null,
    allowAutoTopicCreation: false,
  });
  const listed = new Map(answer?.topics.map((topic) => [topic.name, topic.partitions.length]));
  for (const { name, exists, leastPartitions, leastStart, tag } of facts.values()) {
    const partitions = listed.get(name);
    if (exists === true && (partitions ?? 0) < leastPartitions) {
      history.violate(`${name} has ${partitions ?? 'no'} partitions, ${leastPartitions} were promised`);
    }
    if (exists === false && partitions !== undefined) history.violate(`${name} was deleted and is there`);
    if (exists !== true || partitions === undefined) continue;
    const content = await readPartition(wire, name, 0);
    if (content.logStartOffset < leastStart) {
      history.violate(`records of ${name} below ${leastStart} were deleted, it begins at ${content.logStartOffset}`);
    }
    for (const { value } of content.batches.flatMap(({ values }) => values)) {
      if (!value.startsWith(`${tag}|`)) history.violate(`${name} of ${tag} holds ${value}, of an earlier topic`);
    }
  }
}
