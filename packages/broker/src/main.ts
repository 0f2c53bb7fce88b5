import { describeError, lineLogger } from '@millrace/base';
import { Broker } from './broker.ts';
import { HELP } from './process/help.ts';
import { printConfig } from './process/print-config.ts';
import { type BrokerSettings, readSettings } from './process/settings.ts';

const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

const STOP_SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/** The streams and signals of the process, given from outside so that a test can be them. */
export type BrokerProcess = {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Resolves when the broker is to stop. */
  readonly stopSignal: Promise<unknown>;
};

/**
 * The process `millrace broker`: reads flags, environment and file, runs a broker, and resolves with the exit code when
 * it has stopped.
 */
export async function runBroker(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  on: BrokerProcess = currentProcess(),
): Promise<number> {
  let settings: ReturnType<typeof readSettings>;
  try {
    settings = readSettings(argv, env);
  } catch (error) {
    on.stderr.write(`millrace broker: ${error instanceof Error ? error.message : String(error)}\n`);
    on.stderr.write("Try 'millrace broker --help'.\n");
    return EXIT.usage;
  }
  switch (settings.kind) {
    case 'help':
      on.stdout.write(HELP);
      return EXIT.ok;
    case 'print-config':
      on.stdout.write(printConfig(settings));
      return EXIT.ok;
    case 'run':
      return await run(settings, on);
  }
}

async function run({ options, isJson, logLevel, logFormat }: BrokerSettings, on: BrokerProcess): Promise<number> {
  const logger = lineLogger({ write: (line) => on.stderr.write(line), least: logLevel, format: logFormat });
  const startedMs = performance.now();
  let broker: Broker;
  try {
    broker = await Broker.start({ ...options, logger });
  } catch (error) {
    on.stderr.write(`millrace broker: can't start: ${describeError(error)}\n`);
    return EXIT.failed;
  }
  const { bootstrapServers, metricsPort } = broker;
  const ready = {
    bootstrapServers,
    data: options.data ?? null,
    metricsPort,
    startMs: Math.round(performance.now() - startedMs),
  };
  logger.info('started', ready);
  on.stdout.write(isJson ? `${JSON.stringify({ event: 'ready', ...ready })}\n` : readyLine(ready));
  const signal = await on.stopSignal;
  logger.info('stopping', typeof signal === 'string' ? { signal } : {});
  const stoppingMs = performance.now();
  try {
    await broker.close();
    logger.info('stopped', { stopMs: Math.round(performance.now() - stoppingMs) });
    return EXIT.ok;
  } catch (error) {
    logger.error('the broker did not stop in good order', { error: describeError(error) });
    return EXIT.failed;
  }
}

type Ready = {
  readonly bootstrapServers: string;
  readonly data: string | null;
  readonly metricsPort: number | null;
  readonly startMs: number;
};

function readyLine({ bootstrapServers, data, metricsPort, startMs }: Ready): string {
  const kept = data === null ? 'in memory' : `data in ${data}`;
  const metrics = metricsPort === null ? '' : `, metrics on port ${metricsPort}`;
  return `millrace broker ready: bootstrap.servers=${bootstrapServers}, ${kept}${metrics} (${startMs} ms)\n`;
}

function currentProcess(): BrokerProcess {
  const stopSignal = new Promise((resolve) => {
    for (const signal of STOP_SIGNALS) process.once(signal, () => resolve(signal));
  });
  return { stdout: process.stdout, stderr: process.stderr, stopSignal };
}
