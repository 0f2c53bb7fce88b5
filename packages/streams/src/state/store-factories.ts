import { type DurationMs, invalidArgument, toMs } from '../lib/duration.ts';
import type { Serde } from '../serdes/serde.ts';
import type { StoreEngineKind, StoreSpec } from './store-spec.ts';

/** What every store of the Processor API may say; the defaults are those of Kafka Streams' store builders. */
export type StoreOptions<K, V> = {
  readonly name: string;
  readonly keySerde: Serde<K>;
  readonly valueSerde: Serde<V>;
  /** Default: `rocksdb`. */
  readonly engine?: StoreEngineKind;
  /** Hold changes back until the next commit. Default: false. */
  readonly caching?: boolean;
  /** False: no changelog, so the state is lost when its task moves. Or topic settings beside the defaults. */
  readonly logging?: boolean | Readonly<Record<string, string>>;
};

export type WindowStoreOptions<K, V> = StoreOptions<K, V> & {
  readonly windowSize: DurationMs;
  /** How long windows can be read; at least the size. */
  readonly retention: DurationMs;
  /** Keep every put of one key and start. Default: false. */
  readonly retainDuplicates?: boolean;
};

type SpecOf<K, V, Kind> = Extract<StoreSpec<K, V>, { kind: Kind }>;

/** Stores for the Processor API, under the names of Kafka Streams' `Stores`. */
export const Stores = {
  keyValue<K, V>(options: StoreOptions<K, V>): SpecOf<K, V, 'key-value'> {
    return { ...common(options), kind: 'key-value', timestamped: false };
  },

  timestampedKeyValue<K, V>(options: StoreOptions<K, V>): SpecOf<K, V, 'key-value'> {
    return { ...common(options), kind: 'key-value', timestamped: true };
  },

  versionedKeyValue<K, V>(
    options: Omit<StoreOptions<K, V>, 'caching'> & { readonly historyRetention: DurationMs },
  ): SpecOf<K, V, 'versioned'> {
    const historyRetentionMs = toMs(options.historyRetention, 'historyRetention');
    if (historyRetentionMs < 0) throw invalidArgument('historyRetentionMs cannot be negative');
    return { ...common(options), kind: 'versioned', historyRetentionMs };
  },

  window<K, V>(options: WindowStoreOptions<K, V>): SpecOf<K, V, 'window'> {
    return { ...windowed(options), timestamped: false };
  },

  timestampedWindow<K, V>(options: WindowStoreOptions<K, V>): SpecOf<K, V, 'window'> {
    return { ...windowed(options), timestamped: true };
  },

  session<K, V>(options: StoreOptions<K, V> & { readonly retention: DurationMs }): SpecOf<K, V, 'session'> {
    const retentionMs = toMs(options.retention, 'retention');
    if (retentionMs < 0) throw invalidArgument('retentionPeriod cannot be negative');
    return { ...common(options), kind: 'session', retentionMs };
  },
} as const;

function windowed<K, V>(options: WindowStoreOptions<K, V>): Omit<SpecOf<K, V, 'window'>, 'timestamped'> {
  const windowSizeMs = toMs(options.windowSize, 'windowSize');
  const retentionMs = toMs(options.retention, 'retention');
  if (windowSizeMs < 0) throw invalidArgument('windowSize cannot be negative');
  if (retentionMs < windowSizeMs) {
    throw invalidArgument(
      `The retention period of the window store ${options.name} must be no smaller than its window size. Got ` +
        `size=[${windowSizeMs}], retention=[${retentionMs}]`,
    );
  }
  const retainDuplicates = options.retainDuplicates ?? false;
  return { ...common(options), kind: 'window', windowSizeMs, retentionMs, retainDuplicates, emitsOnClose: false };
}

function common<K, V>(
  options: StoreOptions<K, V>,
): Pick<StoreSpec<K, V>, 'name' | 'keySerde' | 'valueSerde' | 'engine' | 'caching' | 'logging'> {
  const logging = options.logging ?? true;
  return {
    name: options.name,
    keySerde: options.keySerde,
    valueSerde: options.valueSerde,
    engine: options.engine ?? 'rocksdb',
    caching: options.caching ?? false,
    logging: logging === false ? false : { topicConfig: logging === true ? {} : logging },
  };
}
