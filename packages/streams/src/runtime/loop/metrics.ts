/**
 * A figure under the name that Kafka Streams gives it (KIP-444): totals count from the start, `-latency-` is in
 * milliseconds. Rates are left to whoever collects totals.
 */
export type Metric = {
  /** `stream-metrics`, `stream-thread-metrics`, `stream-task-metrics`, `stream-topic-metrics`. */
  readonly group: string;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly value: number | string;
};

/** Several figures with the same group and tags. */
export function metricsOf(
  group: string,
  tags: Readonly<Record<string, string>>,
  values: Readonly<Record<string, number | string>>,
): Metric[] {
  return Object.entries(values).map(([name, value]) => ({ group, name, tags, value }));
}
