import { assert, type Clock, type CloseOptions, describeError, type Logger, MillraceError } from '@millrace/base';
import type { Client, FetchedPartition, Fetcher } from '@millrace/client';
import { RecordCursor } from '@millrace/protocol';
import { type Command, decodeCommand, encodeCommand } from './command.ts';
import type { CommandBackup } from './command-backup/backup-file.ts';
import { degradedError, isDegrading } from './command-runner-status.ts';
import { COMMAND_TOPIC_CONFIGS } from './command-topic.ts';
import type { RecordWriter } from './record-writer.ts';
import { Serial } from './serial.ts';
import type { StatementLog } from './statement-log.ts';
import { waitFor } from './wait.ts';

const PARTITION = 0;
/** How long one fetch waits for news. */
const POLL_WAIT_MS = 500;
const READ_BACK_TIMEOUT_MS = 30_000;
const REPLAY_TIMEOUT_MS = 120_000;
const CLOSE_TIMEOUT_MS = 5_000;
/** How often a statement is decided anew because another engine wrote at the same moment. */
const ATTEMPTS_MAX = 20;
const STATEMENTS_WAITING_MAX = 1_000;

type CommandLogOptions<Outcome> = {
  readonly client: Client;
  readonly topic: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly writer: RecordWriter;
  /** Where every record is kept once more, whether it counts or not. */
  readonly backup?: CommandBackup | null;
  /** Called for every command that counts, in the log's order, whoever wrote it. Must not throw. */
  readonly apply: (command: Command) => Outcome;
};

type AppendOptions = { readonly signal?: AbortSignal | undefined };

type Waiter = { readonly position: number; readonly resolve: () => void; readonly reject: (thrown: unknown) => void };

/**
 * The command topic: the one order of statements that all engines of a service agree on. Nothing changes an engine but
 * what is read back here. Writing is optimistic: a command names the offset that it was decided for, and where it comes
 * to lie elsewhere every engine passes over it and its writer decides again, knowing more. So the offset can be part of
 * query ids, and no lock is needed.
 */
export class CommandLog<Outcome> implements StatementLog<Outcome> {
  readonly #options: CommandLogOptions<Outcome>;
  readonly #fetcher: Fetcher;
  readonly #writes = new Serial({ waitingMax: STATEMENTS_WAITING_MAX });
  readonly #closing = new AbortController();
  readonly #waiters = new Set<Waiter>();
  #position = 0;
  /** The command of this engine that is being written: at its own position it gets its outcome. */
  #own: { readonly position: number; outcome?: Outcome } | undefined;
  #failure: MillraceError | undefined;
  #reading: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  private constructor(options: CommandLogOptions<Outcome>) {
    this.#options = options;
    this.#fetcher = options.client.fetcher({ offsetReset: 'none', maxWaitMs: POLL_WAIT_MS });
  }

  /**
   * Makes the topic if need be and replays what it holds; up to what can't be read, which is then its `failure`.
   * @throws MillraceError `COMMAND_TOPIC_INVALID`, `TIMEOUT`, or the client's errors.
   */
  static async open<Outcome>(
    options: CommandLogOptions<Outcome>,
    append: AppendOptions = {},
  ): Promise<CommandLog<Outcome>> {
    await prepareTopic(options, append);
    const log = new CommandLog(options);
    try {
      log.#fetcher.assign(options.topic, PARTITION, 0);
      log.#reading = log.#read();
      await log.#catchUp(REPLAY_TIMEOUT_MS, append);
      log.#checkBackup();
      return log;
    } catch (thrown) {
      // What stood before it is known, and runs.
      if (isDegrading(log.#failure)) return log;
      await log.close();
      throw thrown;
    }
  }

  /** The offset after the last command that was read. */
  get position(): number {
    return this.#position;
  }

  /** Why the log is followed no more; no statement is taken any longer. */
  get failure(): MillraceError | undefined {
    return this.#failure;
  }

  /**
   * Decides on a command, knowing the whole log, and resolves when it has been read back. `decide` gets the offset that
   * the command will have, and may run several times; when it throws, or gives null, nothing was written.
   *
   * @throws MillraceError `TIMEOUT` when the command was written but not read back in time (it will still be applied),
   *   `COMMAND_LOG_CONTENDED` (retriable) when others were always faster, or what `decide` throws.
   */
  append(decide: (position: number) => Promise<Command | null>, options: AppendOptions = {}): Promise<Outcome | null> {
    return this.#writes.run(async () => {
      for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
        const position = await this.#catchUp(READ_BACK_TIMEOUT_MS, options);
        const command = await decide(position);
        if (command === null) return null;
        const own: { readonly position: number; outcome?: Outcome } = { position };
        this.#own = own;
        if ((await this.#write(command, options)) !== position) continue;
        await this.#reached(position + 1, READ_BACK_TIMEOUT_MS, options);
        assert('outcome' in own, 'a command at its own position is applied when it is read');
        return own.outcome as Outcome;
      }
      throw new MillraceError('COMMAND_LOG_CONTENDED', `${ATTEMPTS_MAX} times another engine wrote first: try again`, {
        retriable: true,
      });
    });
  }

  /** Resolves when the command at this position has been applied. @throws MillraceError `TIMEOUT`, `ABORTED` */
  applied(position: number, timeoutMs: number, options: AppendOptions = {}): Promise<void> {
    return this.#reached(position + 1, timeoutMs, options);
  }

  close(options: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(options.timeoutMs ?? CLOSE_TIMEOUT_MS);
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(timeoutMs: number): Promise<void> {
    this.#closing.abort();
    this.#fail(new MillraceError('CLOSED', 'the engine was closed'));
    this.#options.backup?.close();
    await this.#fetcher.close({ timeoutMs });
    const { clock } = this.#options;
    await waitFor(this.#reading, { clock, timeoutMs, what: 'Ending the reader of the command topic' }).catch(() => {});
  }

  /** Reads until everything that was in the log when asked is applied; resolves with the offset after it. */
  async #catchUp(timeoutMs: number, { signal }: AppendOptions): Promise<number> {
    const { client, topic } = this.#options;
    const [end] = await client.admin.listOffsets([{ topic, partition: PARTITION }], 'latest', {
      ...(signal === undefined ? {} : { signal }),
    });
    assert(end !== undefined, 'an end offset for each partition asked');
    await this.#reached(end.offset, timeoutMs, { signal });
    return this.#position;
  }

  async #write(command: Command, { signal }: AppendOptions): Promise<number> {
    const { key, value } = encodeCommand(command);
    const { clock, topic, writer } = this.#options;
    const record = { topic, partition: PARTITION, key, value, timestamp: clock.wallMs() };
    return (await writer.write(record, { what: 'Writing to the command topic', signal })).offset;
  }

  #reached(position: number, timeoutMs: number, { signal }: AppendOptions): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(toldOf(this.#failure));
    if (this.#position >= position) return Promise.resolve();
    let waiter: Waiter | undefined;
    const reached = new Promise<void>((resolve, reject) => {
      waiter = { position, resolve, reject };
      this.#waiters.add(waiter);
    });
    const what = 'Reading the command topic';
    return waitFor(reached, { clock: this.#options.clock, timeoutMs, what, signal }).finally(() => {
      this.#waiters.delete(waiter!);
    });
  }

  async #read(): Promise<void> {
    const { signal } = this.#closing;
    try {
      while (!signal.aborted) {
        for (const fetched of await this.#fetcher.poll({ maxWaitMs: POLL_WAIT_MS, signal })) this.#take(fetched);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      this.#options.logger.error('The command topic is followed no more', { error: describeError(thrown) });
      this.#fail(
        thrown instanceof MillraceError
          ? thrown
          : new MillraceError('COMMAND_LOG_FAILED', 'The command topic is followed no more', { cause: thrown }),
      );
    }
  }

  #take({ records, fetchOffset, nextOffset }: FetchedPartition): void {
    const cursor = new RecordCursor(records, { fromOffset: fetchOffset });
    while (cursor.next()) this.#replay(cursor.offset, cursor.key(), cursor.value());
    this.#position = nextOffset;
    for (const waiter of this.#waiters) if (this.#position >= waiter.position) waiter.resolve();
  }

  #replay(position: number, key: Uint8Array | null, value: Uint8Array | null): void {
    const text = new TextDecoder();
    const record = { key: text.decode(key ?? undefined), value: text.decode(value ?? undefined) };
    const command = decodeCommand(record);
    this.#options.backup?.record(position, record);
    if (command.position !== position) {
      this.#options.logger.debug('Passed over a command that was overtaken', { position, id: command.id });
      return;
    }
    const outcome = this.#options.apply(command);
    if (this.#own?.position === position) this.#own.outcome = outcome;
  }

  #checkBackup(): void {
    try {
      this.#options.backup?.ended(this.#position);
    } catch (thrown) {
      if (!(thrown instanceof MillraceError)) throw thrown;
      this.#options.logger.error('The command topic is not what its backup says', { error: thrown.message });
      this.#fail(thrown);
    }
  }

  #fail(failure: MillraceError): void {
    this.#failure ??= failure;
    for (const waiter of this.#waiters) waiter.reject(toldOf(this.#failure));
  }
}

/** What is told to who waits, or gives a statement. */
function toldOf(failure: MillraceError): MillraceError {
  return isDegrading(failure) ? degradedError(failure) : failure;
}

async function prepareTopic<Outcome>(options: CommandLogOptions<Outcome>, append: AppendOptions): Promise<void> {
  const { client, topic } = options;
  const limits = append.signal === undefined ? {} : { signal: append.signal };
  const configs = COMMAND_TOPIC_CONFIGS;
  await client.admin.createTopics([{ name: topic, partitionCount: 1, configs }], { ...limits, ignoreExisting: true });
  const { partitions } = await client.topic(topic, limits);
  if (partitions.length !== 1) {
    throw new MillraceError(
      'COMMAND_TOPIC_INVALID',
      `The command topic ${topic} must have one partition, and has ${partitions.length}`,
    );
  }
}
