import type { ProducerOptions } from '../producer/producer-options.ts';

export type TransactionalProducerOptions = Omit<ProducerOptions, 'acks' | 'idempotent'> & {
  /** Names the producer over all its lives: a new one fences the one before. */
  readonly transactionalId: string;
  /** After this time the broker aborts a transaction by itself. Default: 60 s. */
  readonly transactionTimeoutMs?: number;
};
