export type LogFields = Readonly<Record<string, unknown>>;

/** The four methods that Millrace calls on a logger; pino's and console's loggers fit with a line of adaption. */
export type Logger = {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
};

const ignore = (): void => {};

/** The default of every library entry point: a library says nothing unless asked. */
export const silentLogger: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore };

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

/** Writes one line a message to standard error: level, message, fields as JSON. */
export function consoleLogger(least: (typeof LEVELS)[number] = 'info'): Logger {
  const line = (level: (typeof LEVELS)[number]) => (message: string, fields?: LogFields) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const rest = fields === undefined ? '' : ` ${JSON.stringify(fields)}`;
    process.stderr.write(`${new Date().toISOString()} ${level} ${message}${rest}\n`);
  };
  return { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
}
