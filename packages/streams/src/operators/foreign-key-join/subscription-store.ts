import type { Serde } from '../../serdes/serde.ts';
import { Serdes } from '../../serdes/serdes.ts';
import type { StoreEngineKind, StoreSpec } from '../../state/store-spec.ts';
import type { TimestampedKeyValueStore } from '../../state/stores.ts';
import { type Subscription, subscriptionSerde } from './subscription.ts';

/** The subscribers of each row of the right table, by combined key. */
export type SubscriptionStore = TimestampedKeyValueStore<Uint8Array, Subscription>;

export function subscriptionStoreSpec(
  name: string,
  primaryKeySerde: Serde<unknown>,
  engine: StoreEngineKind,
): StoreSpec<Uint8Array, Subscription> {
  return {
    kind: 'key-value',
    name,
    keySerde: Serdes.bytes(),
    valueSerde: subscriptionSerde(primaryKeySerde),
    engine,
    caching: false,
    logging: { topicConfig: {} },
    timestamped: true,
  };
}
