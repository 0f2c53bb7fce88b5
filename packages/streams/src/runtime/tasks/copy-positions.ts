import type { Admin, GroupMember, IsolationLevel, TopicPartition } from '@millrace/client';
import { type NextOffset, NO_POSITION, type Position, positionBefore } from '../../query/position.ts';
import type { StandbyTask } from './standby-task.ts';

/** What a copy has when it has its changelogs so far. */
type Sighting = {
  readonly position: Position;
  readonly ends: readonly NextOffset[];
};

/** Sightings that are kept of a copy; the oldest goes first. */
const SIGHTINGS_MAX = 16;

export type CopyPositionsOptions = {
  readonly member: Pick<GroupMember, 'committed'>;
  readonly admin: Pick<Admin, 'listOffsets'>;
  readonly isolationLevel: IsolationLevel;
  /** How far a copy has a changelog. */
  readonly nextOffset: (changelog: TopicPartition) => number;
};

/**
 * How far copies are in the inputs of their tasks, which no changelog says: what the group has committed of them is in the
 * changelogs as they end right after it was asked. So a copy that has come to those ends has at least that. (Kafka Streams writes
 * positions into the headers of changelogs.)
 */
export class CopyPositions {
  readonly #options: CopyPositionsOptions;
  readonly #sightings = new WeakMap<StandbyTask, Sighting[]>();

  constructor(options: CopyPositionsOptions) {
    this.#options = options;
  }

  /** Looks how far the group is with a task. */
  async look(task: StandbyTask, inputs: readonly TopicPartition[]): Promise<void> {
    const { member, admin, isolationLevel } = this.#options;
    const committed = await member.committed(inputs);
    // A source topic that stands for a changelog counts as far as it was processed.
    const own = task.changelogs.filter(({ isSourceTopic }) => !isSourceTopic);
    const ends = own.length === 0 ? [] : await admin.listOffsets(own, 'latest', { isolationLevel });
    const sources = task.changelogs.filter(({ isSourceTopic }) => isSourceTopic);
    const processed = committed.filter(({ topic, partition }) =>
      sources.some((source) => source.topic === topic && source.partition === partition),
    );
    const sightings = this.#sightings.get(task) ?? [];
    sightings.unshift({ position: positionBefore(committed), ends: [...ends, ...processed] });
    this.#sightings.set(task, sightings.slice(0, SIGHTINGS_MAX));
  }

  /** As far as it is known: of the latest sighting that the copy has come to. */
  positionOf(task: StandbyTask): Position {
    const reached = this.#sightings.get(task)?.find(({ ends }) => {
      return ends.every((end) => this.#options.nextOffset(end) >= end.offset);
    });
    return reached?.position ?? NO_POSITION;
  }
}
