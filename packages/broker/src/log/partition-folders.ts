import path from 'node:path';
import { assert, type Logger } from '@millrace/base';
import { ZERO_UUID } from '@millrace/protocol';
import type { Files } from '../storage/files.ts';
import { parsePartitionName, type TopicPartition } from './checkpoints.ts';

const TOPIC_ID_FILE = 'partition.metadata';
const DELETED_SUFFIX = '-delete';

/** The folders of partitions in a data folder, named after them, each with the id of its topic in a file as Kafka has it. */
export class PartitionFolders {
  readonly #files: Files;
  readonly #folder: string;

  constructor(files: Files, folder: string) {
    this.#files = files;
    this.#folder = folder;
  }

  path(name: string): string {
    return path.join(this.#folder, name);
  }

  exists(name: string): boolean {
    return this.#files.exists(this.path(name));
  }

  /** The number of segments in a folder. */
  segmentCount(name: string): number {
    return this.#files.list(this.path(name)).filter((file) => file.endsWith('.log')).length;
  }

  saveTopicId(name: string, topicId: string): void {
    assert(topicId !== ZERO_UUID, 'a topic has an id');
    const file = path.join(this.path(name), TOPIC_ID_FILE);
    if (this.#files.exists(file)) return;
    this.#files.replace(file, Buffer.from(`version: 0\ntopic_id: ${topicId}\n`), { sync: false });
  }

  /**
   * Removes a folder. It first gets a name that no partition has, so that a crash in between leaves nothing that a new
   * topic of the same name could take for its own.
   */
  remove(name: string): void {
    if (!this.exists(name)) return;
    const topicId = this.#topicId(name) ?? '';
    const deleted = this.path(`${name}.${topicId}${DELETED_SUFFIX}`);
    this.#files.rename(this.path(name), deleted);
    this.#files.discard(deleted);
  }

  /** Removes the folders of topics that were deleted, or deleted and made again, just before a crash. */
  removeStrays(topicIdOf: (partition: TopicPartition) => string | null, logger: Logger): void {
    for (const name of this.#files.list(this.#folder)) {
      const isDeleted = name.endsWith(DELETED_SUFFIX);
      const partition = parsePartitionName(name);
      if (!isDeleted && partition === null) continue;
      const topicId = partition === null ? null : topicIdOf(partition);
      if (!isDeleted && topicId !== null && this.#hasTopicId(name, topicId)) continue;
      logger.warn('removing the folder of a partition that is no more', { folder: name });
      this.#files.remove(this.path(name));
    }
  }

  #hasTopicId(name: string, topicId: string): boolean {
    const found = this.#topicId(name);
    // A crash may come between the folder and the file: what is in the folder then is of this topic.
    return found === undefined || found === topicId;
  }

  #topicId(name: string): string | undefined {
    const bytes = this.#files.readWhole(path.join(this.path(name), TOPIC_ID_FILE));
    return /topic_id: (\S{22})\n/.exec(Buffer.from(bytes ?? []).toString('utf8'))?.[1];
  }
}
