import type { ProducerIdentity } from './producer-batch.ts';

/** What a producer must know of the transaction that its batches are part of. */
export type OpenTransaction = {
  readonly transactionalId: string;
  /** Under which id and epoch batches are sent from now on. */
  readonly identity: ProducerIdentity;
  /** The newest version of Produce that the protocol of the transaction allows. */
  readonly produceVersionMax: number;
  /** Whether batches of a partition may be sent; where not yet, the producer is pumped when they may. */
  admits(topic: string, partition: number): boolean;
};
