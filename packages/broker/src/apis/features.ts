import type { ApiName } from '@millrace/protocol';
import type { BrokerApi } from './api.ts';

/** A feature of Kafka's, and the one level at which this broker has it: it can be neither raised nor lowered here. */
export type Feature = { readonly name: string; readonly level: number };

/** What clients read no version from: metadata as of Kafka 4.3. */
const METADATA_VERSION: Feature = { name: 'metadata.version', level: 30 };

/**
 * Clients read from this feature, and from no version, that transactions work by the second protocol (KIP-890): every
 * end raises the epoch, and partitions join by being written to.
 */
const TRANSACTION_VERSION: Feature = { name: 'transaction.version', level: 2 };

/** Features that are there as soon as their first API is served. */
const BY_API: readonly (Feature & { readonly api: ApiName })[] = [
  { name: 'group.version', level: 1, api: 'ConsumerGroupHeartbeat' },
  { name: 'share.version', level: 1, api: 'ShareGroupHeartbeat' },
  { name: 'streams.version', level: 1, api: 'StreamsGroupHeartbeat' },
];

export function featuresOf(served: readonly BrokerApi[]): readonly Feature[] {
  const byApi = BY_API.filter(({ api }) => served.some(({ name }) => name === api));
  return [METADATA_VERSION, TRANSACTION_VERSION, ...byApi.map(({ name, level }) => ({ name, level }))];
}
