/** A task: one sub-topology for one partition. Written `subTopology_partition`, as Kafka Streams writes it. */
export type TaskId = { readonly subTopology: number; readonly partition: number };

export function taskIdText({ subTopology, partition }: TaskId): string {
  return `${subTopology}_${partition}`;
}

/** Null when the text is no task id. */
export function parseTaskId(text: string): TaskId | null {
  const match = /^(\d+)_(\d+)$/.exec(text);
  return match === null ? null : { subTopology: Number(match[1]), partition: Number(match[2]) };
}

/** Of a text that is known to name a task. */
export function partitionOfTask(text: string): number {
  return Number(text.slice(text.indexOf('_') + 1));
}
