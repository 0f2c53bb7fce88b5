import type { Client } from '@millrace/client';
import { illegalArgument, illegalState, StreamsError } from '../errors.ts';
import type { PartitionAnswer, StoreQuestion } from '../query/answer-question.ts';
import { collectAnswers } from '../query/collect-answers.ts';
import { type LiveEvent, type LiveOptions, liveQuery } from '../query/live-query.ts';
import { NO_POSITION } from '../query/position.ts';
import { QueriedStoreHandle } from '../query/queried-store-handle.ts';
import type { StateQueryResult } from '../query/query-result.ts';
import type { StateQueryRequest } from '../query/state-query.ts';
import type { StoreHandle } from '../query/store-handle.ts';
import type { StorePartitions } from '../query/store-partitions.ts';
import type { KeyPlacing, KeyQueryMetadata, StreamsMetadata } from '../query/streams-metadata.ts';
import type { StoreEntry } from '../topology/topology.ts';
import { isRunningOrRebalancing, type KafkaStreamsState } from './client-state.ts';
import { Places } from './places.ts';
import type { Application } from './threads/application.ts';
import type { StreamThread } from './threads/stream-thread.ts';

/** A question for all that there is. */
const ASK_ALL = {
  partitions: null,
  positionBound: NO_POSITION,
  withPosition: false,
  executionInfo: false,
} as const;

/** The instance whose stores are asked, as it is at the time. */
export type QueriedInstance = {
  readonly application: Application;
  /** Made when it is first asked for. */
  readonly client: () => Client;
  readonly processId: string;
  readonly state: KafkaStreamsState;
  /** Whether every thread has what it was assigned. */
  readonly isSteady: () => boolean;
  readonly threads: readonly StreamThread[];
};

/** What can be asked of an instance's stores, and of who has which part of them; see {@link KafkaStreams} for each question. */
export class StoreQueries {
  readonly #instance: () => QueriedInstance;

  constructor(instance: () => QueriedInstance) {
    this.#instance = instance;
  }

  store<K, V>(name: string, stale: boolean): StoreHandle<K, V> {
    const question = { ...ASK_ALL, store: name, requireActive: !stale, requireSteady: !stale };
    return new QueriedStoreHandle(this.#storeEntry(name).spec, {
      ask: async (query, options) => {
        this.#assertReadable(stale);
        return await this.#ask({ ...question, ...options, query });
      },
      live: (options) => this.#live(name, options),
    });
  }

  async query<R>(request: StateQueryRequest<R>): Promise<StateQueryResult<R>> {
    const { store, query, partitions = null, requireActive = false, positionBound = NO_POSITION } = request;
    const { executionInfo = false } = request;
    const places = this.#placesOf(store);
    const whole = { withPosition: true, firstOnly: false, requireSteady: false };
    const options = { partitions, requireActive, positionBound, executionInfo, ...whole };
    const answers = await this.#ask({ store, query, ...options });
    return collectAnswers<R>(answers, partitions, places.partitionCountOf(store));
  }

  instances(): readonly StreamsMetadata[] {
    this.#assertRuns();
    return this.#places.instances();
  }

  instancesWith(store: string): readonly StreamsMetadata[] {
    return this.#placesOf(store).instancesWith(store);
  }

  placeOf<K>(store: string, key: K, placing?: KeyPlacing<K>): KeyQueryMetadata {
    return this.#placesOf(store).placeOf(store, key, placing);
  }

  partitionsOf(store: string): StorePartitions {
    this.#storeEntry(store);
    this.#assertReadable(false);
    const found = this.#places.partitionsOf(store);
    if (found.owners.size === found.total) return found;
    throw new StreamsError('INVALID_STATE_STORE', `partitions of store ${store} are being moved`, { retriable: true });
  }

  get #places(): Places {
    const { application, threads, processId } = this.#instance();
    const views = threads.map(({ view }) => view);
    return new Places(application, views, processId);
  }

  #placesOf(store: string): Places {
    this.#storeEntry(store);
    this.#assertRuns();
    return this.#places;
  }

  #storeEntry(name: string): StoreEntry {
    const { stores } = this.#instance().application.topology;
    const entry = stores.get(name);
    if (entry !== undefined) return entry;
    const known = [...stores.keys()].join(', ');
    throw new StreamsError('UNKNOWN_STATE_STORE', `the topology has no store named ${name}; it has: ${known}`);
  }

  #live<K, V>(name: string, options: LiveOptions): AsyncGenerator<LiveEvent<K, V>> {
    const { spec, changelogIsSourceTopic } = this.#storeEntry(name);
    this.#assertRuns();
    if (spec.logging === false && changelogIsSourceTopic === null) {
      throw illegalArgument(`store ${name} has no changelog, from which changes could be heard`);
    }
    const { application, client } = this.#instance();
    const { names, config } = application;
    const { isolationLevel } = config;
    return liveQuery({ client: client(), spec, changelog: names.changelog(name), isolationLevel }, options);
  }

  /** Every thread has the global stores whole: one of them is enough. */
  async #ask(question: StoreQuestion): Promise<readonly PartitionAnswer[]> {
    const { threads } = this.#instance();
    const asked = this.#storeEntry(question.store).global ? threads.slice(0, 1) : threads;
    if (asked.length === 1) return await asked[0]!.query(question);
    const answers = await Promise.all(asked.map((thread) => thread.query(question)));
    return answers.flat().sort((a, b) => a.partition - b.partition);
  }

  #assertRuns(): void {
    const { state } = this.#instance();
    if (isRunningOrRebalancing(state)) return;
    throw illegalState(`KafkaStreams is not running. State is ${state}.`);
  }

  #assertReadable(stale: boolean): void {
    const { state, isSteady } = this.#instance();
    if (stale ? isRunningOrRebalancing(state) : state === 'RUNNING' && isSteady()) return;
    throw new StreamsError(
      'INVALID_STATE_STORE',
      `the stores cannot be queried while the application is ${state}; they can again when it is RUNNING`,
      { retriable: state === 'REBALANCING' },
    );
  }
}
