import type { Command } from '../command.ts';
import { Serial } from '../serial.ts';
import type { StatementLog } from '../statement-log.ts';

const STATEMENTS_WAITING_MAX = 1_000;

/**
 * The log of an engine that runs one file of statements: the file is its memory, so that nothing is written. Queries are
 * numbered by their order in it, and so find their state again.
 */
export class FileLog<Outcome> implements StatementLog<Outcome> {
  readonly #apply: (command: Command) => Outcome;
  readonly #startsQuery: (outcome: Outcome) => boolean;
  readonly #writes = new Serial({ waitingMax: STATEMENTS_WAITING_MAX });
  #position = 0;

  readonly failure = undefined;

  constructor(apply: (command: Command) => Outcome, startsQuery: (outcome: Outcome) => boolean) {
    this.#apply = apply;
    this.#startsQuery = startsQuery;
  }

  get position(): number {
    return this.#position;
  }

  append(decide: (position: number) => Promise<Command | null>): Promise<Outcome | null> {
    return this.#writes.run(async () => {
      const command = await decide(this.#position);
      if (command === null) return null;
      const outcome = this.#apply(command);
      if (this.#startsQuery(outcome)) this.#position++;
      return outcome;
    });
  }

  /** Commands are applied when they are given. */
  async applied(): Promise<void> {}

  async close(): Promise<void> {}

  async [Symbol.asyncDispose](): Promise<void> {}
}
