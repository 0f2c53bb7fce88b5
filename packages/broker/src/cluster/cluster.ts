import type { Random } from '@millrace/base';
import { assert } from '@millrace/base';
import { ZERO_UUID } from '@millrace/protocol';
import type { FlushPolicy, LogConfig } from '../log/log-config.ts';
import type { KnownPartition, PartitionDirectory } from '../log/log-manager.ts';
import type { Files } from '../storage/files.ts';
import type { BrokerConfig } from './broker-config.ts';
import { applyChanges, type ClusterChange, type ClusterImage, type Topic } from './cluster-image.ts';
import { MetadataLog } from './metadata-log.ts';
import { resolveLogConfig } from './topic-configs.ts';

const UUID_BYTES = 16;

/** Producer ids are given out from blocks, so that few of them cost a write. */
const PRODUCER_ID_BLOCK = 1000;

export type ClusterOptions = {
  readonly files: Files;
  readonly folder: string;
  readonly random: Random;
  readonly config: BrokerConfig;
  readonly flush: FlushPolicy;
  /** Whether the last broker on this folder stopped in good order. */
  readonly isClean: boolean;
};

/** The one owner of the cluster image: others read it, or ask for a change. */
export class Cluster implements PartitionDirectory {
  readonly config: BrokerConfig;
  readonly #options: ClusterOptions;
  readonly #log: MetadataLog;
  readonly #logConfigs = new Map<string, LogConfig>();
  #image: ClusterImage;
  #nextProducerId = 0;
  /** The end of the block that ids are given out from. */
  #producerIdsEnd = 0;

  /** Loads the cluster of a data folder, or makes a new one. */
  constructor(options: ClusterOptions) {
    this.#options = options;
    this.config = options.config;
    this.#log = new MetadataLog(options.files, options.folder);
    this.#image = this.#log.load();
    const changes: ClusterChange[] = [];
    if (this.#image.clusterId === '') changes.push({ kind: 'cluster-created', clusterId: this.makeUuid() });
    else if (!options.isClean) {
      changes.push({ kind: 'leader-epoch-raised', leaderEpoch: this.#image.leaderEpoch + 1 });
    }
    if (changes.length > 0) this.#applyForGood(changes);
    this.config.setChanged(this.#image.brokerConfigs);
  }

  get image(): ClusterImage {
    return this.#image;
  }

  /** How far the log of changes reaches. */
  get metadataEndOffset(): number {
    return this.#log.endOffset;
  }

  topic(name: string): Topic | undefined {
    return this.#image.topics.get(name);
  }

  topicById(id: string): Topic | undefined {
    return this.#image.topicsById.get(id);
  }

  find(topic: string, partition: number): KnownPartition | null {
    const known = this.topic(topic);
    if (known === undefined || partition < 0 || partition >= known.partitionCount) return null;
    return { topic, partition, topicId: known.id, config: this.logConfig(known) };
  }

  *all(): Iterable<KnownPartition> {
    for (const topic of this.#image.topics.values()) {
      const config = this.logConfig(topic);
      for (let partition = 0; partition < topic.partitionCount; partition++) {
        yield { topic: topic.name, partition, topicId: topic.id, config };
      }
    }
  }

  logConfig(topic: Topic): LogConfig {
    let config = this.#logConfigs.get(topic.name);
    if (config === undefined) {
      config = resolveLogConfig(topic.configs, this.config);
      this.#logConfigs.set(topic.name, config);
    }
    return config;
  }

  /**
   * Makes changes, all or none. They are stored when this resolves; the image shows them at once.
   *
   * @throws the error of the file system when they cannot be written.
   */
  async change(changes: readonly ClusterChange[]): Promise<void> {
    this.#apply(changes);
    await this.#synced();
  }

  /** The same for who can't wait, and whose answer depends on a later sync of its own. */
  changeAtOnce(changes: readonly ClusterChange[]): void {
    this.#apply(changes);
    this.#synced().catch(() => {});
  }

  async #synced(): Promise<void> {
    if (this.#options.flush !== 'always') return;
    await this.#log.sync();
    if (this.#log.isDoubtful) this.#log.snapshot(this.#image);
  }

  /** A producer id that was never given out, also not before a power cut: retries are recognised by it. */
  nextProducerId(): number {
    if (this.#nextProducerId >= this.#producerIdsEnd) {
      const first = this.#image.nextProducerId;
      this.#applyForGood([{ kind: 'producer-ids-reserved', nextProducerId: first + PRODUCER_ID_BLOCK }]);
      this.#nextProducerId = first;
      this.#producerIdsEnd = first + PRODUCER_ID_BLOCK;
    }
    return this.#nextProducerId++;
  }

  /** A new id for a topic or cluster. Never begins with a dash, which tools would take for an option. */
  makeUuid(): string {
    for (;;) {
      const bytes = Buffer.from(Array.from({ length: UUID_BYTES }, () => this.#options.random.int(256)));
      const uuid = bytes.toString('base64url');
      if (!uuid.startsWith('-') && uuid !== ZERO_UUID) return uuid;
    }
  }

  close(): void {
    this.#log.close();
  }

  /** What must never be given out twice, neither ids nor epochs, is on the device before it is used. */
  #applyForGood(changes: readonly ClusterChange[]): void {
    this.#apply(changes);
    this.#log.syncNow();
    if (this.#log.isDoubtful) this.#log.snapshot(this.#image);
  }

  #apply(changes: readonly ClusterChange[]): void {
    assert(changes.length > 0, 'a change changes something');
    this.#log.append(changes);
    this.#image = applyChanges(this.#image, changes);
    this.config.setChanged(this.#image.brokerConfigs);
    // Broker configs are the defaults of every topic.
    if (changes.some((change) => change.kind === 'broker-configs-set')) this.#logConfigs.clear();
    for (const change of changes) {
      if ('name' in change) this.#logConfigs.delete(change.name);
      if ('topic' in change) this.#logConfigs.delete(change.topic.name);
    }
  }
}
