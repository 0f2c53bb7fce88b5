import { partitionForKey } from '@millrace/protocol';

/** Where a key of a store lives. */
export type KeyMetadata = {
  /** `host:port` of the instance that runs the key's task, as it told the group (`applicationServer`), or null. */
  readonly applicationServer: string | null;
  /** The same of the instances that have a copy of the task (`numStandbyReplicas`). */
  readonly standbys: readonly (string | null)[];
  readonly partition: number;
  /** Whether it is this instance. */
  readonly isLocal: boolean;
};

export type KeyMetadataQuestion = {
  readonly keyBytes: Uint8Array;
  readonly subTopology: number;
  readonly partitionCount: number;
  readonly members: readonly {
    readonly applicationServer: string | null;
    readonly tasks: readonly string[];
    readonly standbyTasks: readonly string[];
  }[];
  readonly localTasks: { has(task: string): boolean };
};

/** Null when no member runs the task: it is being moved. */
export function findKey(question: KeyMetadataQuestion): KeyMetadata | null {
  const partition = partitionForKey(question.keyBytes, question.partitionCount);
  const task = `${question.subTopology}_${partition}`;
  const owner = question.members.find(({ tasks }) => tasks.includes(task));
  if (owner === undefined) return null;
  const standbys = question.members.filter(({ standbyTasks }) => standbyTasks.includes(task));
  return {
    applicationServer: owner.applicationServer,
    standbys: standbys.map(({ applicationServer }) => applicationServer),
    partition,
    isLocal: question.localTasks.has(task),
  };
}
