import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Logger, MillraceError } from '@millrace/base';
import { StreamsError } from '../../errors.ts';
import { openRocksDbEngine } from '../../state/engines/rocksdb.ts';
import type { StoreEngine } from '../../state/engines/store-engine.ts';
import { parseTaskId } from '../layout/task-id.ts';

const LOCK_FILE = 'lock';
const PROCESS_FILE = 'process-id';

/** How long a thread may take to close what moves to another of the same instance, and how often that one looks. */
const HANDING_OVER_TIMEOUT_MS = 10_000;
const HANDING_OVER_LOOK_MS = 20;

/** Folders that this process holds: two applications of one id in a process must not share one either. */
const heldFolders = new Set<string>();

export type StateDirectoryOptions = {
  /** The folder of all applications (`state.dir`). */
  readonly stateDir: string;
  readonly applicationId: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

/**
 * The folder of one application on one machine: `stateDir/applicationId/`, with one folder a task. Held by one
 * instance at a time. What a task folder holds is checked by the stores themselves (identity, topic id, position).
 */
export class StateDirectory {
  readonly #folder: string;
  readonly #options: StateDirectoryOptions;
  #processId: string | null = null;
  #isHeld = false;

  constructor(options: StateDirectoryOptions) {
    this.#options = options;
    this.#folder = join(options.stateDir, options.applicationId);
  }

  /** The folder as a thread of the instance sees it, which holds it for all of them. */
  static ofInstance(options: StateDirectoryOptions, processId: string): StateDirectory {
    const directory = new StateDirectory(options);
    directory.#processId = processId;
    return directory;
  }

  /** The instance's id, the same over restarts on this folder: how the group knows whose state lies where. */
  get processId(): string {
    if (this.#processId === null) throw new StreamsError('INVALID_STATE', 'the state directory is not open');
    return this.#processId;
  }

  /** @throws MillraceError `LOCKED` when another instance runs on the folder. */
  async open(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await this.#lock();
    const file = join(this.#folder, PROCESS_FILE);
    const known = await readFile(file, 'utf8').catch(() => '');
    this.#processId = known.trim() || randomUUID();
    if (known.trim() === '') await writeFile(file, `${this.#processId}\n`);
  }

  async close(): Promise<void> {
    // One that could not be opened must not free what another instance holds.
    if (!this.#isHeld) return;
    this.#isHeld = false;
    heldFolders.delete(this.#folder);
    await rm(join(this.#folder, LOCK_FILE), { force: true });
  }

  /** Tasks that have a folder here, open or not. */
  async storedTasks(): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => parseTaskId(name) !== null).sort();
  }

  /**
   * Opens a task's database. One that RocksDB finds damaged is deleted and made anew: the changelog has the truth.
   *
   * @throws MillraceError `LOCKED` when the folder is still in use, `STATE_ENGINE_UNAVAILABLE`.
   */
  async openEngine(task: string): Promise<StoreEngine> {
    const folder = join(this.#folder, task);
    const { clock } = this.#options;
    const deadlineMs = clock.monotonicMs() + HANDING_OVER_TIMEOUT_MS;
    for (;;) {
      try {
        return await this.#openOrRebuild(task, folder);
      } catch (error) {
        const isHeld = error instanceof MillraceError && error.code === 'LOCKED';
        if (!isHeld || clock.monotonicMs() > deadlineMs) throw error;
        // Another thread of this instance had the task until now.
        await new Promise<void>((resolve) => void clock.setTimer(HANDING_OVER_LOOK_MS, resolve));
      }
    }
  }

  /** Deletes a task's folder: its state is to be rebuilt. */
  async deleteTask(task: string): Promise<void> {
    await rm(join(this.#folder, task), { recursive: true, force: true });
  }

  /** Deletes folders that no task has had open for `delayMs` (`state.cleanup.delay.ms`), but for those that are open now. */
  async cleanUnowned(delayMs: number, openTasks: ReadonlySet<string>): Promise<void> {
    for (const task of await this.storedTasks()) {
      if (openTasks.has(task)) continue;
      const folder = join(this.#folder, task);
      const idleMs = this.#options.clock.wallMs() - (await stat(folder)).mtimeMs;
      if (idleMs < delayMs) continue;
      this.#options.logger.info('deleting the state of a task that is not ours any more', { task, folder });
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Deletes the application's whole folder. Only while nothing runs on it. */
  async deleteAll(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #openOrRebuild(task: string, folder: string): Promise<StoreEngine> {
    try {
      return await openRocksDbEngine(folder);
    } catch (error) {
      if (!(error instanceof MillraceError) || error.code !== 'STATE_OPEN_FAILED') throw error;
      if (isLocked(error)) {
        throw new StreamsError('LOCKED', `the state of task ${task} in ${folder} is still in use`, {
          cause: error,
          retriable: true,
        });
      }
      this.#options.logger.warn('the state of a task is damaged; it is rebuilt from its changelog', { task, folder });
      await this.deleteTask(task);
      return openRocksDbEngine(folder);
    }
  }

  async #lock(): Promise<void> {
    const file = join(this.#folder, LOCK_FILE);
    if (heldFolders.has(this.#folder)) throw this.#inUse(process.pid);
    heldFolders.add(this.#folder);
    try {
      const holder = Number(await readFile(file, 'utf8').catch(() => ''));
      // A lock of a process that was killed is void; our own number in it is from an earlier process that had it.
      if (holder > 0 && holder !== process.pid && isAlive(holder)) throw this.#inUse(holder);
      await rm(file, { force: true });
      const handle = await open(file, 'wx');
      await handle.writeFile(`${process.pid}\n`);
      await handle.close();
      this.#isHeld = true;
    } catch (error) {
      heldFolders.delete(this.#folder);
      throw error;
    }
  }

  #inUse(pid: number): StreamsError {
    return new StreamsError(
      'LOCKED',
      `Unable to obtain global lock: ${this.#folder} is in use by process ${pid}. Stop that instance, or give this one ` +
        'another stateDir.',
    );
  }
}

function isLocked(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: unknown }).code === 'LEVEL_LOCKED') return true;
  }
  return false;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
