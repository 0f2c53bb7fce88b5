/** Facts that help a reader of the error: names, positions, sizes. Values must be printable as JSON. */
export type ErrorContext = Readonly<Record<string, unknown>>;

export type MillraceErrorOptions = {
  /** Whether the same call may succeed later without a change by the user. Default: false. */
  readonly retriable?: boolean;
  readonly cause?: unknown;
  readonly context?: ErrorContext;
};

/**
 * An error of the world (the user's input, the network, the disk), to be matched by its `code`: codes are stable,
 * messages may improve. Packages add their own subclass only where callers need more fields than the context.
 */
export class MillraceError extends Error {
  override readonly name: string = 'MillraceError';
  readonly code: string;
  readonly retriable: boolean;
  readonly context: ErrorContext;

  constructor(code: string, message: string, options: MillraceErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retriable = options.retriable ?? false;
    this.context = options.context ?? {};
  }
}

/** The message of anything that was thrown, with its causes, on one line. */
export function describeError(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown instanceof MillraceError ? `${thrown.code}: ${thrown.message}` : thrown.message || thrown.name;
  return thrown.cause === undefined ? own : `${own} (caused by ${describeError(thrown.cause)})`;
}
