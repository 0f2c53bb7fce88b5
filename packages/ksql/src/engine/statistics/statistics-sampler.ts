import { type Clock, type Closeable, describeError, type Logger, type Timer } from '@millrace/base';
import type { QueryRun } from '../query-run.ts';
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
  #timer: Timer | null = null;
  #isClosed = false;

  constructor(options: Options) {
    this.#options = options;
    this.#later();
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
    this.#isClosed = true;
    this.#timer?.clear();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #later(): void {
    const { clock, logger } = this.#options;
    this.#timer = clock.setTimer(SAMPLE_INTERVAL_MS, async () => {
      try {
        await this.sample();
      } catch (thrown) {
        logger.debug('What the queries count could not be read', { error: describeError(thrown) });
      }
      if (!this.#isClosed) this.#later();
    });
  }
}
