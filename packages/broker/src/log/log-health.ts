import { describeError, type Logger } from '@millrace/base';
import { BrokerError } from '../lib/broker-error.ts';

/** Whether a log can be used, and if not, what its users are told. */
export class LogHealth {
  readonly #name: string;
  readonly #logger: Logger;
  #failure: BrokerError | null = null;
  #isDamageReported = false;

  constructor(name: string, logger: Logger) {
    this.#name = name;
    this.#logger = logger;
  }

  get isOnline(): boolean {
    return this.#failure === null;
  }

  /** @throws BrokerError what made the log unusable. */
  check(): void {
    if (this.#failure !== null) throw this.#failure;
  }

  /** Ends the use of the log; answers the reason, which is an earlier one when it had failed before. */
  close(): BrokerError {
    this.#failure ??= new BrokerError('NOT_LEADER_OR_FOLLOWER', `the log of ${this.#name} is closed`);
    return this.#failure;
  }

  /** Nobody knows any more what is in the files. */
  fail(error: unknown): BrokerError {
    const reason = describeError(error);
    const failure = new BrokerError('KAFKA_STORAGE_ERROR', `${this.#name} is offline: ${reason}`, { cause: error });
    this.#failure = failure;
    this.#logger.error('a partition went offline', { partition: this.#name, reason });
    return failure;
  }

  /** A write failed and was undone: the log goes on. */
  writeFailed(error: unknown): BrokerError {
    const reason = `${this.#name} could not be written: ${describeError(error)}`;
    this.#logger.error('a write failed', { partition: this.#name, reason });
    return new BrokerError('KAFKA_STORAGE_ERROR', reason, { cause: error });
  }

  /** A part of the log can't be read. Readers try again and again; one line tells it. */
  reportDamage(error: unknown): void {
    if (this.#isDamageReported) return;
    this.#isDamageReported = true;
    this.#logger.error('a partition can not be read', { partition: this.#name, error: describeError(error) });
  }
}
