import { parentPort, workerData } from 'node:worker_threads';
import { assert, describeError, type LogFields, type Logger, MillraceError } from '@millrace/base';
import { Broker } from './broker.ts';
import type { FromThread, LogLevel, ThreadOptions, ToThread } from './server/thread-messages.ts';

// The entry of a broker's own thread: an ordinary broker whose life is steered by messages.

function tell(message: FromThread): void {
  assert(parentPort !== null, 'the entry of a thread runs in a thread');
  parentPort.postMessage(message);
}

function loggerToParent(): Logger {
  const log =
    (level: LogLevel) =>
    (message: string, fields?: LogFields): void =>
      tell({ kind: 'log', level, message, ...(fields === undefined ? {} : { fields }) });
  return { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') };
}

async function run(): Promise<void> {
  let broker: Broker;
  try {
    broker = await Broker.start({ ...(workerData as ThreadOptions), logger: loggerToParent() });
  } catch (error) {
    const code = error instanceof MillraceError ? error.code : 'BROKER_START_FAILED';
    tell({ kind: 'failed', code, message: error instanceof MillraceError ? error.message : describeError(error) });
    return;
  }
  parentPort?.on('message', ({ timeoutMs }: ToThread) => {
    void broker.close({ timeoutMs }).finally(() => {
      tell({ kind: 'closed' });
      parentPort?.close();
    });
  });
  const { bootstrapServers, port, metricsPort } = broker;
  tell({ kind: 'ready', bootstrapServers, port, metricsPort });
}

void run();
