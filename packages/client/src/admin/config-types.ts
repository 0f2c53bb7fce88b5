/** Whose configuration: a broker with the empty name stands for all brokers' default. */
export type ConfigResource = {
  readonly type: 'topic' | 'broker' | 'group' | 'client-metrics' | 'broker-logger';
  readonly name: string;
};

export type ConfigSynonym = { readonly name: string; readonly value: string | null; readonly source: number };

export type ConfigEntry = {
  readonly name: string;
  /** Null where there is none, and for what is sensitive. */
  readonly value: string | null;
  readonly isDefault: boolean;
  readonly isReadOnly: boolean;
  readonly isSensitive: boolean;
  /** Kafka's numbers: 1 topic, 2 broker, 3 all brokers, 4 file, 5 default, 6 logger, 7 client metrics, 8 group. */
  readonly source: number;
  /** Where a value would come from, this one first; empty unless asked for. */
  readonly synonyms: readonly ConfigSynonym[];
  /** Null unless asked for. */
  readonly documentation: string | null;
};

export type DescribeConfigsOptions = {
  /** Only these; all where it is missing. */
  readonly names?: readonly string[];
  readonly includeSynonyms?: boolean;
  readonly includeDocumentation?: boolean;
};

export type ConfigChange = {
  readonly name: string;
  /** `append` and `subtract` are for lists. */
  readonly operation: 'set' | 'delete' | 'append' | 'subtract';
  readonly value?: string;
};
