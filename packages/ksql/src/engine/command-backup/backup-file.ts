import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Logger, MillraceError } from '@millrace/base';
import { type KsqlConfig, setting } from '../../lib/ksql-config.ts';

/** ksqlDB's: the folder in which the command topic is kept once more. */
const BACKUP_LOCATION = 'ksql.metastore.backup.location';
const PREFIX = 'backup_';
/** Between a key and its value: keys are JSON texts, and have none behind their closing quote. */
const SEPARATOR = ':';
const NONE = '';

/** A record of the command topic as text. */
export type BackedUpRecord = { readonly key: string; readonly value: string };

/**
 * The command topic as a file: each record a line, in the order of the topic. What is read from the topic again must be what
 * the file has; else somebody has changed the topic, or made another one under its name.
 */
export class CommandBackup {
  readonly #path: string;
  readonly #known: readonly string[];
  #descriptor: number | null;

  private constructor(path: string) {
    this.#path = path;
    this.#known = existsSync(path) ? linesOf(readFileSync(path, 'utf8')) : [];
    this.#descriptor = openSync(path, 'a');
  }

  /** Null where no folder is named. @throws MillraceError `BACKUP_FAILED` */
  static open(config: KsqlConfig, topic: string, clock: Clock, logger: Logger): CommandBackup | null {
    const folder = setting(config, BACKUP_LOCATION) ?? NONE;
    if (folder === NONE) return null;
    try {
      mkdirSync(folder, { recursive: true });
      const path = join(folder, newestIn(folder, topic) ?? `${PREFIX}${topic}_${Math.floor(clock.wallMs())}`);
      logger.info('The command topic is backed up', { path });
      return new CommandBackup(path);
    } catch (cause) {
      throw new MillraceError('BACKUP_FAILED', `${BACKUP_LOCATION}=${folder}: ${String(cause)}`, { cause });
    }
  }

  /**
   * The record at this place of the topic was read.
   * @throws MillraceError `COMMAND_TOPIC_CORRUPTED` where the file has another one there
   */
  record(place: number, record: BackedUpRecord): void {
    const line = record.key + SEPARATOR + record.value;
    const known = this.#known[place];
    if (known === line) return;
    if (known !== undefined || this.#descriptor === null) {
      throw new MillraceError(
        'COMMAND_TOPIC_CORRUPTED',
        `Record ${place} of the command topic is not the one that ${this.#path} has`,
      );
    }
    writeSync(this.#descriptor, `${line}\n`);
    fsyncSync(this.#descriptor);
  }

  /** The topic was read to its end. @throws MillraceError `COMMAND_TOPIC_CORRUPTED` where the file has more */
  ended(count: number): void {
    if (count >= this.#known.length) return;
    const message = `The command topic has ${count} records, and ${this.#path} has ${this.#known.length}`;
    throw new MillraceError('COMMAND_TOPIC_CORRUPTED', message);
  }

  close(): void {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** The records of a backup, for writing them back. @throws MillraceError `BACKUP_FAILED` */
export function readBackup(path: string): readonly BackedUpRecord[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new MillraceError('BACKUP_FAILED', `Can't read ${path}: ${String(cause)}`, { cause });
  }
  return linesOf(text).map((line, index) => {
    const match = /^("(?:[^"\\]|\\.)*"):(.*)$/.exec(line);
    if (match === null) throw new MillraceError('BACKUP_FAILED', `${path}: line ${index + 1} is no command`);
    return { key: match[1]!, value: match[2]! };
  });
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Names end in the time of their making. */
function newestIn(folder: string, topic: string): string | null {
  const own = readdirSync(folder).filter((name) => name.startsWith(`${PREFIX}${topic}_`));
  const madeMs = (name: string): number => Number(name.slice(name.lastIndexOf('_') + 1));
  return own.toSorted((left, right) => madeMs(left) - madeMs(right)).at(-1) ?? null;
}
