import type { Clock } from '@millrace/base';
import type { Metric } from '@millrace/streams';
import { Meter } from './meter.ts';

/** A figure of a topic under ksqlDB's name, and when something last happened; 0: never. */
export type Stat = { readonly name: string; readonly value: number; readonly timestamp: number };

type TopicMeters = { readonly consumed: Meter; readonly consumedBytes: Meter; readonly produced: Meter };

/** What one query counted, under the names of Kafka Streams. */
export type QueryFigures = { readonly applicationId: string; readonly metrics: readonly Metric[] };

/** What all queries of this engine read and write now. */
export type Throughput = {
  readonly consumedPerSecond: number;
  readonly consumedTotal: number;
  readonly consumedBytesTotal: number;
  readonly producedPerSecond: number;
  readonly failedPerSecond: number;
  /** What each query reads in a second. */
  readonly consumedByQuery: readonly number[];
};

/** What the queries of this engine do with each topic, and how often they fail to read a record of it. */
export class TopicStatistics {
  readonly #clock: Clock;
  readonly #queries = new Map<string, Map<string, TopicMeters>>();
  readonly #failures = new Map<string, Meter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes in what the queries have counted by now; what ended is forgotten. */
  sample(queries: readonly QueryFigures[]): void {
    const alive = new Set(queries.map(({ applicationId }) => applicationId));
    for (const known of [...this.#queries.keys()]) if (!alive.has(known)) this.#queries.delete(known);
    for (const query of queries) this.#sampleQuery(query);
    for (const failures of this.#failures.values()) this.#update(failures, failures.total);
  }

  /** A record of the topic could not be read. */
  failed(topic: string): void {
    const known = this.#failures.get(topic) ?? new Meter(this.#clock.monotonicMs());
    this.#failures.set(topic, known);
    this.#update(known, known.total + 1);
  }

  /** In ksqlDB's order. */
  stats(topic: string): readonly Stat[] {
    return statsOf([...this.#queries.values()].flatMap((topics) => topics.get(topic) ?? []));
  }

  /** The same of each query alone. */
  byQuery(): readonly { readonly applicationId: string; readonly topic: string; readonly stats: readonly Stat[] }[] {
    return [...this.#queries].flatMap(([applicationId, topics]) =>
      [...topics].map(([topic, meters]) => ({ applicationId, topic, stats: statsOf([meters]) })),
    );
  }

  errorStats(topic: string): readonly Stat[] {
    const failures = this.#failures.get(topic);
    if (failures === undefined) return [];
    return rateAndTotal('consumer-failed-messages-per-sec', 'consumer-failed-messages', [failures]).toReversed();
  }

  throughput(): Throughput {
    const byQuery = [...this.#queries.values()].map((topics) => [...topics.values()]);
    const all = byQuery.flat();
    return {
      consumedPerSecond: sum(all.map(({ consumed }) => consumed.perSecond)),
      consumedTotal: sum(all.map(({ consumed }) => consumed.total)),
      consumedBytesTotal: sum(all.map(({ consumedBytes }) => consumedBytes.total)),
      producedPerSecond: sum(all.map(({ produced }) => produced.perSecond)),
      failedPerSecond: sum([...this.#failures.values()].map(({ perSecond }) => perSecond)),
      consumedByQuery: byQuery.map((topics) => sum(topics.map(({ consumed }) => consumed.perSecond))),
    };
  }

  #sampleQuery({ applicationId, metrics }: QueryFigures): void {
    const meters = this.#queries.get(applicationId) ?? new Map<string, TopicMeters>();
    this.#queries.set(applicationId, meters);
    const ofTopics = metrics.filter(({ group }) => group === 'stream-topic-metrics');
    for (const [topic, figures] of Map.groupBy(ofTopics, ({ tags }) => tags['topic-name']!)) {
      const figure = (wanted: string): number =>
        sum(figures.filter(({ name }) => name === wanted).map(({ value }) => Number(value)));
      const { consumed, consumedBytes, produced } = meters.get(topic) ?? this.#newMeters(meters, topic);
      this.#update(consumed, figure('records-consumed-total'));
      this.#update(consumedBytes, figure('bytes-consumed-total'));
      this.#update(produced, figure('records-produced-total'));
    }
  }

  #newMeters(meters: Map<string, TopicMeters>, topic: string): TopicMeters {
    const nowMs = this.#clock.monotonicMs();
    const made = { consumed: new Meter(nowMs), consumedBytes: new Meter(nowMs), produced: new Meter(nowMs) };
    meters.set(topic, made);
    return made;
  }

  #update(meter: Meter, total: number): void {
    meter.update(total, this.#clock.monotonicMs(), this.#clock.wallMs());
  }
}

function statsOf(all: readonly TopicMeters[]): readonly Stat[] {
  const reading = all.filter(({ consumed }) => consumed.total > 0);
  const writing = all.filter(({ produced }) => produced.total > 0);
  return [
    ...rateAndTotal(
      'consumer-messages-per-sec',
      'consumer-total-messages',
      reading.map(({ consumed }) => consumed),
    ),
    ...totals(
      'consumer-total-bytes',
      reading.map(({ consumedBytes }) => consumedBytes),
    ),
    ...rateAndTotal(
      'messages-per-sec',
      'total-messages',
      writing.map(({ produced }) => produced),
    ),
  ];
}

function rateAndTotal(rateName: string, totalName: string, meters: readonly Meter[]): readonly Stat[] {
  if (meters.length === 0) return [];
  const value = sum(meters.map(({ perSecond }) => perSecond));
  return [{ name: rateName, value, timestamp: lastOf(meters) }, ...totals(totalName, meters)];
}

function totals(name: string, meters: readonly Meter[]): readonly Stat[] {
  if (meters.length === 0) return [];
  return [{ name, value: sum(meters.map(({ total }) => total)), timestamp: lastOf(meters) }];
}

function lastOf(meters: readonly Meter[]): number {
  return Math.max(...meters.map(({ lastWallMs }) => lastWallMs));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
