import { type LocalPartitions, LocalStoreHandle } from '../../query/local-store-handle.ts';
import type { StoreHandle } from '../../query/store-handle.ts';
import type { StoreLag } from '../../query/store-lag.ts';
import type { StateStore } from '../../state/stores.ts';
import type { ApplicationOptions } from '../loop/application-parts.ts';
import { ApplicationRuntime } from '../loop/application-runtime.ts';
import type { Metric } from '../loop/metrics.ts';
import type { ReadOptions, StreamThread, ThreadHooks, ThreadView } from './stream-thread.ts';

/** A thread that shares the isolate and its event loop with whoever made it. */
export class LocalThread implements StreamThread {
  readonly name: string;
  readonly #options: Omit<ApplicationOptions, 'onChange'>;
  readonly #hooks: ThreadHooks;
  readonly #runtime: ApplicationRuntime;
  readonly #ended: Promise<void>;

  /** Starts at once. */
  constructor(options: Omit<ApplicationOptions, 'onChange'>, hooks: ThreadHooks) {
    this.name = options.threadName;
    this.#options = options;
    this.#hooks = hooks;
    this.#runtime = new ApplicationRuntime({ ...options, onChange: hooks.onChange });
    this.#ended = this.#runtime.run().then(
      () => hooks.onEnd({ kind: 'stopped' }),
      (error: unknown) => hooks.onEnd({ kind: 'failed', error }),
    );
  }

  get view(): ThreadView {
    const { isSteady, tasks, standbys, members, partitionCounts } = this.#runtime;
    return { isSteady, tasks: [...tasks.keys()], standbyTasks: [...standbys.keys()], members, partitionCounts };
  }

  store<K, V>(name: string, options: ReadOptions): StoreHandle<K, V> {
    const { spec } = this.#options.topology.stores.get(name)!;
    return new LocalStoreHandle<K, V>(spec, this.#partitions(name, options));
  }

  async metrics(): Promise<readonly Metric[]> {
    return this.#runtime.metrics;
  }

  lags(): Promise<readonly StoreLag[]> {
    return this.#runtime.lags();
  }

  pause(): void {
    this.#runtime.pause();
  }

  resume(): void {
    this.#runtime.resume();
  }

  async stop(): Promise<void> {
    this.#runtime.requestStop();
    await this.#ended;
  }

  /** It shares its isolate with others: what goes on in it ends with the process. */
  async abandon(): Promise<void> {}

  #partitions(name: string, options: ReadOptions): LocalPartitions {
    const held = (): readonly StateStore[] => {
      const { globals, tasks, standbys } = this.#runtime;
      if (globals.has(name)) return [globals.store(name)];
      return [...tasks.values(), ...(options.stale ? standbys.values() : [])]
        .filter((task) => task.stores.names.includes(name))
        .map((task) => task.stores.store(name));
    };
    return {
      stores: () => {
        this.#hooks.assertReadable(options);
        return held();
      },
      areCurrent: (seen) => {
        const now = options.stale || this.#runtime.isSteady ? held() : [];
        return seen.length === now.length && seen.every((store) => now.includes(store));
      },
    };
  }
}
