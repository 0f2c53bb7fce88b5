/** What became of a command, for those who ask by its id. */
export type CommandStatus = {
  readonly status: 'SUCCESS';
  readonly message: string;
  readonly queryId: string | null;
  readonly commandSequenceNumber: number;
};

/** Older ones are forgotten. */
const STATUSES_MAX = 1_000;

/** The last commands that this engine has read, by their ids. */
export class CommandStatuses {
  readonly #statuses = new Map<string, CommandStatus>();

  note(commandId: string, status: CommandStatus): void {
    this.#statuses.delete(commandId);
    this.#statuses.set(commandId, status);
    if (this.#statuses.size > STATUSES_MAX) this.#statuses.delete(this.#statuses.keys().next().value!);
  }

  get(commandId: string): CommandStatus | undefined {
    return this.#statuses.get(commandId);
  }

  list(): readonly (readonly [string, CommandStatus])[] {
    return [...this.#statuses];
  }
}
