import type { KafkaStreamsState, Metric } from '@millrace/streams';
import type { EngineParts } from '../engine-parts.ts';
import type { QueryErrorType } from '../query-errors.ts';
import type { QueryState } from '../results.ts';
import type { Stat, Throughput } from './topic-statistics.ts';

/** A query of the command topic, as it is on this engine. */
export type QueryFigure = {
  readonly id: string;
  readonly state: QueryState;
  /** Of its streams application; null where it could not be started. */
  readonly streamsState: KafkaStreamsState | null;
  /** Of the last failure; null: none. */
  readonly error: QueryErrorType | null;
  readonly restarts: number;
};

/** All that an engine tells of itself in figures. */
export type EngineFigures = {
  readonly serviceId: string;
  readonly throughput: Throughput;
  readonly queries: readonly QueryFigure[];
  readonly pushQueryCount: number;
  /** What each query that runs, push queries with them, does with each topic, by application. */
  readonly topics: readonly {
    readonly applicationId: string;
    readonly topic: string;
    readonly stats: readonly Stat[];
  }[];
  /** Of the streams applications, under Kafka Streams' names. */
  readonly streams: readonly Metric[];
  /** Parts of pull queries: those that were answered here, and those that other engines were asked for. */
  readonly pullParts: { readonly local: number; readonly remote: number };
};

export async function engineFigures(engine: EngineParts): Promise<EngineFigures> {
  const { serviceId, sampler, statistics, state, running, transient, pullParts } = engine;
  const sampled = await sampler.sample();
  return {
    serviceId,
    throughput: statistics.throughput(),
    queries: [...state().queries.keys()].map((id) => ({
      id,
      state: running.state(id),
      streamsState: running.run(id)?.streams.state ?? null,
      error: running.errors(id).at(-1)?.type ?? null,
      restarts: running.restarts(id),
    })),
    pushQueryCount: transient.list().length,
    topics: statistics.byQuery(),
    streams: sampled.flatMap(({ metrics }) => metrics),
    pullParts,
  };
}
