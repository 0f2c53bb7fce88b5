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

export type LogLevel = (typeof LEVELS)[number];

export type LineLoggerOptions = {
  /** Gets whole lines, with their ends. */
  readonly write: (line: string) => unknown;
  /** Default: `info`. */
  readonly least?: LogLevel;
  /** `text`: time, level, message, fields as JSON. `json`: an object with `time`, `level`, `message` and the fields. */
  readonly format?: 'text' | 'json';
};

/** Writes one line for each message. */
export function lineLogger({ write, least = 'info', format = 'text' }: LineLoggerOptions): Logger {
  const log = (level: LogLevel) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return ignore;
    return (message: string, fields?: LogFields): void => {
      const time = new Date().toISOString();
      if (format === 'json') {
        write(`${JSON.stringify({ time, level, message, ...fields })}\n`);
        return;
      }
      const rest = fields === undefined || Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`;
      write(`${time} ${level} ${message.replaceAll('\n', '\\n')}${rest}\n`);
    };
  };
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

/** Text on standard error. */
export function consoleLogger(least: LogLevel = 'info'): Logger {
  return lineLogger({ write: (line) => process.stderr.write(line), least });
}
