import { type Clock, describeError, type Logger, MillraceError } from '@millrace/base';
import type { ActiveTask } from './active-task.ts';

export type TaskOpeningsOptions = {
  readonly create: (id: string, counts: ReadonlyMap<string, number>) => Promise<ActiveTask>;
  /** How long a task is tried again that brokers do not answer for (`task.timeout.ms`, KIP-572). */
  readonly taskTimeoutMs: number;
  /** Called when there is something to take. */
  readonly wake: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
};

type Opening = {
  readonly id: string;
  readonly counts: ReadonlyMap<string, number>;
  readonly beganMs: number;
  /** Settles in any case. */
  attempt: Promise<void>;
  outcome:
    | { readonly kind: 'made'; readonly task: ActiveTask }
    | { readonly kind: 'failed'; readonly error: unknown }
    | null;
  /** When the next attempt is due. */
  retryAtMs: number;
};

const RETRY_AFTER_MS = 100;

/**
 * Tasks that are being made: side by side, since opening state and asking brokers is mostly waiting, and beside the
 * loop, which goes on with other tasks. What cannot be had now is tried again for a while, each task for itself.
 */
export class TaskOpenings {
  readonly #options: TaskOpeningsOptions;
  readonly #openings = new Map<string, Opening>();

  constructor(options: TaskOpeningsOptions) {
    this.#options = options;
  }

  get ids(): readonly string[] {
    return [...this.#openings.keys()];
  }

  get all(): readonly Pick<Opening, 'id' | 'counts'>[] {
    return [...this.#openings.values()];
  }

  begin(id: string, counts: ReadonlyMap<string, number>): void {
    const beganMs = this.#options.clock.monotonicMs();
    const opening: Opening = { id, counts, beganMs, attempt: Promise.resolve(), outcome: null, retryAtMs: 0 };
    this.#openings.set(id, opening);
    this.#attempt(opening);
  }

  /**
   * Those that have been made; the others go on.
   *
   * @throws what ended an opening for good, when nothing is left that was made
   */
  take(): readonly ActiveTask[] {
    const made: ActiveTask[] = [];
    const lost: unknown[] = [];
    for (const { id, outcome } of this.#openings.values()) {
      if (outcome?.kind !== 'made') continue;
      this.#openings.delete(id);
      made.push(outcome.task);
    }
    for (const opening of this.#openings.values()) {
      if (opening.outcome?.kind === 'failed' && !this.#triesAgain(opening, opening.outcome.error)) {
        lost.push(opening.outcome.error);
      }
    }
    if (lost.length > 0 && made.length === 0) throw lost[0];
    return made;
  }

  /** Forgets some that are not wanted any more, and closes what was made of them. */
  async cancel(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const opening = this.#openings.get(id);
      if (opening === undefined) continue;
      this.#openings.delete(id);
      await opening.attempt;
      if (opening.outcome?.kind === 'made') await opening.outcome.task.close();
    }
  }

  #attempt(opening: Opening): void {
    const { create, wake } = this.#options;
    opening.outcome = null;
    opening.attempt = create(opening.id, opening.counts)
      .then((task) => {
        opening.outcome = { kind: 'made', task };
      })
      .catch((error: unknown) => {
        opening.outcome = { kind: 'failed', error };
        opening.retryAtMs = this.#options.clock.monotonicMs() + RETRY_AFTER_MS;
      })
      .finally(wake);
  }

  #triesAgain(opening: Opening, error: unknown): boolean {
    const { clock, taskTimeoutMs, logger } = this.#options;
    const nowMs = clock.monotonicMs();
    if (!(error instanceof MillraceError) || !error.retriable || nowMs - opening.beganMs >= taskTimeoutMs) return false;
    if (nowMs < opening.retryAtMs) return true;
    logger.info('a task cannot be made now; it is tried again', { task: opening.id, error: describeError(error) });
    this.#attempt(opening);
    return true;
  }
}
