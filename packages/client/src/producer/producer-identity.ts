import { InitProducerIdRequestDefaults } from '@millrace/protocol';
import type { Cluster } from '../cluster/cluster.ts';
import { throwIfError } from '../lib/errors.ts';
import type { ProducerIdentity } from './producer-batch.ts';

const EPOCH_MAX = 32_767;

/** Asks the cluster for a producer id of its own. */
export async function initProducerId(cluster: Cluster): Promise<ProducerIdentity> {
  const link = await cluster.anyLink();
  const answer = await link.call('InitProducerId', {
    ...InitProducerIdRequestDefaults,
    transactionalId: null,
    transactionTimeoutMs: -1,
  });
  throwIfError(answer.errorCode, 'asking for a producer id');
  return { producerId: answer.producerId, producerEpoch: answer.producerEpoch };
}

/**
 * The same producer with its next epoch, under which sequences start again at 0; undefined when the epochs are used up
 * and a new id is needed. A producer without transactions may raise its epoch by itself (KIP-360).
 */
export function nextEpoch(identity: ProducerIdentity): ProducerIdentity | undefined {
  if (identity.producerEpoch >= EPOCH_MAX) return undefined;
  return { producerId: identity.producerId, producerEpoch: identity.producerEpoch + 1 };
}
