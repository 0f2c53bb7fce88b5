import type { Closeable, MillraceError } from '@millrace/base';
import type { Command } from './command.ts';

type Limits = { readonly signal?: AbortSignal | undefined };

/** The one order of statements, wherever it is kept. Nothing changes an engine but what stands in it. */
export type StatementLog<Outcome> = Closeable & {
  /** Where the next command will stand: a part of the id of the query that it starts. */
  readonly position: number;
  /** Why no statement is taken any longer. */
  readonly failure: MillraceError | undefined;
  /**
   * Decides on a command, knowing the whole log, and resolves when it has been applied; null, where there is nothing to do.
   * `decide` may run several times; when it throws, or gives null, nothing was written.
   */
  append(decide: (position: number) => Promise<Command | null>, limits?: Limits): Promise<Outcome | null>;
  /** Resolves when the command at this position has been applied. @throws MillraceError `TIMEOUT`, `ABORTED` */
  applied(position: number, timeoutMs: number, limits?: Limits): Promise<void>;
};
