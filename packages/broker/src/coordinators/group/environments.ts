import type { Clock, Logger, Random } from '@millrace/base';
import type { BrokerConfig } from '../../cluster/broker-config.ts';
import type { Timers } from '../../lib/timers.ts';
import type { CoordinatorRecord } from '../runtime.ts';
import { ClassicGroup } from './classic/classic-group.ts';
import type { GroupEnvironment } from './classic/environment.ts';
import { isClassic } from './consumer/classic-members.ts';
import type { ConsumerGroup, ConsumerGroupCoordinator } from './consumer/consumer-group.ts';
import type { ConsumerGroupView } from './consumer/group-state.ts';
import { downgraded } from './consumer/migration.ts';
import type { Topics } from './consumer/subscriptions.ts';
import type { GroupIndex } from './group-index.ts';
import { groupRemoval } from './group-removal.ts';
import type { GroupSettings } from './group-settings.ts';
import type { GroupEnvironments } from './group-shard.ts';
import { groupRecord } from './records.ts';
import type { ShareGroup, ShareGroupEnvironment } from './share/share-group.ts';
import type { StreamsGroup, StreamsGroupEnvironment } from './streams/streams-group.ts';

const UUID_BYTES = 16;

export type EnvironmentParts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Random;
  readonly logger: Logger;
  readonly config: BrokerConfig;
  readonly topics: () => Topics;
  readonly settings: GroupSettings;
  readonly groups: () => GroupIndex;
};

/** What groups of each type need from their coordinator, and how classic and consumer groups become each other. */
export function groupEnvironments(parts: EnvironmentParts): GroupEnvironments {
  const { clock, timers, random, logger, config, topics, settings, groups } = parts;
  const classic: GroupEnvironment = {
    timers,
    logger,
    wallMs: () => clock.wallMs(),
    makeMemberId: (prefix) => `${prefix}-${makeUuid(random)}`,
    initialRebalanceDelayMs: () => config.number('group.initial.rebalance.delay.ms'),
    sizeMax: () => config.number('group.max.size'),
    store: (groupId, value) => groups().write(groupId, [groupRecord(groupId, value)]),
  };
  const consumer: ConsumerGroupCoordinator = {
    timers,
    logger,
    wallMs: () => clock.wallMs(),
    makeMemberId: () => makeUuid(random),
    topics,
    settings: (groupId) => settings.of(groupId),
    migrationPolicy: () => config.text('group.consumer.migration.policy') ?? '',
    classicSizeMax: () => config.number('group.max.size'),
    keep: (group) => ({
      store: (records) => {
        groups().shardOf(group.id).adopt(group);
        return groups().write(group.id, records);
      },
      settled: () => groups().settled(group.id),
      downgrade: (after, calls) => downgrade(group, after, calls),
    }),
  };
  const kept = {
    timers,
    logger,
    wallMs: () => clock.wallMs(),
    topics,
    store: (group: ShareGroup | StreamsGroup, records: readonly CoordinatorRecord[]): Promise<void> => {
      groups().shardOf(group.id).adopt(group);
      return groups().write(group.id, records);
    },
    settled: (group: ShareGroup | StreamsGroup): Promise<void> => groups().settled(group.id),
  };
  const share: ShareGroupEnvironment = { ...kept, settings: (groupId) => settings.share(groupId) };
  const streams: StreamsGroupEnvironment = { ...kept, settings: (groupId) => settings.streams(groupId) };
  return { classic, consumer, share, streams };

  /** The members that are left go on in a classic group; `calls` begins a round of it. */
  async function downgrade(group: ConsumerGroup, after: ConsumerGroupView, calls: boolean): Promise<void> {
    const value = downgraded(after, group.view.epoch, topics(), clock.wallMs());
    const successor = new ClassicGroup(group.id, classic);
    successor.restore(value);
    for (const member of successor.members) {
      const known = after.members.get(member.id);
      // What is stored has one protocol; the members know more.
      if (known !== undefined && isClassic(known)) member.protocols = known.classic.protocols;
    }
    groups().shardOf(group.id).adopt(successor);
    const stored = groups().write(group.id, [...groupRemoval(group), groupRecord(group.id, value)]);
    successor.startSessions();
    if (calls) successor.beginRound();
    await stored;
    logger.info('a consumer group is a classic one again', { groupId: group.id });
  }
}

/** A random UUID in the usual form with dashes. */
function makeUuid(random: Random): string {
  const bytes = Buffer.from(Array.from({ length: UUID_BYTES }, () => random.int(256)));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
