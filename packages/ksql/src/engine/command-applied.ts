import { MillraceError } from '@millrace/base';
import { numberSetting } from '../lib/ksql-config.ts';
import type { EngineParts } from './engine-parts.ts';
import type { RequestOptions } from './request.ts';

/** ksqlDB's: how long a request waits for a command that it names. */
const COMMAND_TIMEOUT = 'ksql.server.command.response.timeout.ms';
const COMMAND_TIMEOUT_MS = 5_000;

/** Resolves when the command that a request names has been applied. @throws MillraceError `COMMAND_TIMEOUT` */
export async function commandApplied(engine: EngineParts, request: RequestOptions): Promise<void> {
  const { log, running, state, config } = engine;
  const { commandSequenceNumber: number, commandTimeoutMs, signal } = request;
  const timeoutMs = commandTimeoutMs ?? numberSetting(config, COMMAND_TIMEOUT, COMMAND_TIMEOUT_MS);
  if (number === undefined || number < log.position) return;
  try {
    await log.applied(number, timeoutMs, { signal });
    await running.follow(state().queries);
  } catch (cause) {
    if (!(cause instanceof MillraceError) || cause.code !== 'TIMEOUT') throw cause;
    const message =
      `Timed out while waiting for a previous command to execute. command sequence number: ${number}\n` +
      `Timeout reached while waiting for command sequence number of ${number}. (Timeout:${timeoutMs} ms)`;
    throw new MillraceError('COMMAND_TIMEOUT', message, { cause, retriable: true });
  }
}
