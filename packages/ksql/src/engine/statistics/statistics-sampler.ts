import { type Clock, type Closeable, describeError, type Logger, type Timer } from '@millrace/base';
import type { QueryRun } from '../query-run.ts';
import { repeat } from '../repeat.ts';
import type { QueryFigures, TopicStatistics } from './topic-statistics.ts';

/** Rates look back a hundred seconds, so that a look every few is near enough. */
const SAMPLE_INTERVAL_MS = 5_000;

type Options = {
  readonly runs: ReadonlySet<QueryRun>;
  readonly statistics: TopicStatistics;
  readonly clock: Clock;
  readonly logger: Logger;
};

/** Looks now and then what the queries have counted, and whenever somebody asks. */
export class StatisticsSampler implements Closeable {
  readonly #options: Options;
  readonly #timer: Timer;

  constructor(options: Options) {
    this.#options = options;
    this.#timer = repeat({ clock: options.clock, intervalMs: SAMPLE_INTERVAL_MS }, () => this.#look());
  }

  /** Gives what was read, for those who want more of it than the statistics keep. */
  async sample(): Promise<readonly QueryFigures[]> {
    const { runs, statistics } = this.#options;
    const figures = await Promise.all(
      [...runs].map(async ({ applicationId, streams }) => ({ applicationId, metrics: await streams.metrics() })),
    );
    statistics.sample(figures);
    return figures;
  }

  async close(): Promise<void> {
    this.#timer.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #look(): Promise<void> {
    try {
      await this.sample();
    } catch (thrown) {
      this.#options.logger.debug('What the queries count could not be read', { error: describeError(thrown) });
    }
  }
}
