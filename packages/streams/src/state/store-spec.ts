import type { Serde } from '../serdes/serde.ts';

/** Where a store keeps its bytes. */
export type StoreEngineKind = 'rocksdb' | 'memory';

type Common<K, V> = {
  readonly name: string;
  readonly keySerde: Serde<K>;
  readonly valueSerde: Serde<V>;
  readonly engine: StoreEngineKind;
  /** Whether changes are held back and de-duplicated until the next commit (write-back record cache). */
  readonly caching: boolean;
  /** Whether changes go to a changelog topic; topic settings in Kafka's names, beside the defaults. */
  readonly logging: false | { readonly topicConfig: Readonly<Record<string, string>> };
};

/** A store as data: what the topology keeps, and what `buildStore` composes from engine, layers and key codec. */
export type StoreSpec<K = unknown, V = unknown> =
  | (Common<K, V> & { readonly kind: 'key-value'; readonly timestamped: boolean })
  | (Common<K, V> & { readonly kind: 'versioned'; readonly historyRetentionMs: number })
  | (Common<K, V> & {
      readonly kind: 'window';
      readonly timestamped: boolean;
      readonly windowSizeMs: number;
      readonly retentionMs: number;
      /** Keep every put of one key and start, in order (join stores). */
      readonly retainDuplicates: boolean;
      /**
       * Windows are read once more when they close: a window that begins exactly a retention before the store's time is
       * still shown, or without a grace period none could be emitted (AbstractDualSchemaRocksDBSegmentedBytesStore).
       */
      readonly emitsOnClose: boolean;
    })
  | (Common<K, V> & { readonly kind: 'session'; readonly retentionMs: number });
