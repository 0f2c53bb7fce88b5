export type CloseOptions = {
  /** How long an orderly end may take before what is left is abandoned, in milliseconds. */
  readonly timeoutMs?: number;
};

/**
 * The one lifecycle contract: whatever has a life can be closed, any number of times, and used with `await using`.
 * Closing is orderly (flush, commit, leave) within the timeout. Libraries never install signal handlers.
 */
export type Closeable = AsyncDisposable & {
  close(options?: CloseOptions): Promise<void>;
};
