/** Java's `String.hashCode` made positive as Kafka does: which partition of a coordinator's topic an id belongs to. */
export function coordinatorPartition(id: string, partitionCount: number): number {
  let hash = 0;
  for (let index = 0; index < id.length; index++) hash = (Math.imul(hash, 31) + id.charCodeAt(index)) | 0;
  return (hash === -2_147_483_648 ? 0 : Math.abs(hash)) % partitionCount;
}
