import type { BrokerConfig } from '../../cluster/broker-config.ts';
import { splitList } from '../../cluster/config-definition.ts';
import { groupConfigText } from '../../cluster/group-configs.ts';
import { type OffsetReset, parseOffsetReset } from '../../cluster/offset-reset.ts';
import type { ConsumerGroupSettings } from './consumer/advance.ts';
import type { ShareGroupSettings } from './share/heartbeat.ts';
import type { StreamsGroupSettings } from './streams/decision.ts';

/** How records are delivered to a share group. */
export type DeliverySettings = {
  /** How long a member has a record for itself. */
  readonly lockMs: number;
  /** How often a record is delivered at most. */
  readonly deliveriesMax: number;
  /** Records from the first that is not done with to the last that was delivered. */
  readonly inFlightMax: number;
  readonly readsCommitted: boolean;
  /** Where the group begins to read. */
  readonly offsetReset: OffsetReset;
  readonly mayRenew: boolean;
};

/** What holds for a group: its own configs, over those of the broker. */
export class GroupSettings {
  readonly #config: BrokerConfig;
  readonly #ofGroup: (groupId: string) => Readonly<Record<string, string>>;

  constructor(config: BrokerConfig, ofGroup: (groupId: string) => Readonly<Record<string, string>>) {
    this.#config = config;
    this.#ofGroup = ofGroup;
  }

  /** The server-side assignors, the one first that is taken where members have no wish. */
  assignors(): readonly string[] {
    return splitList(this.#config.text('group.consumer.assignors') ?? '');
  }

  /** Whether groups may speak a protocol. */
  speaks(protocol: 'consumer' | 'streams'): boolean {
    return splitList(this.#config.text('group.coordinator.rebalance.protocols') ?? '').includes(protocol);
  }

  of(groupId: string): ConsumerGroupSettings {
    const number = (name: string): number => Number(this.#text(groupId, name));
    return {
      sessionTimeoutMs: number('consumer.session.timeout.ms'),
      heartbeatIntervalMs: number('consumer.heartbeat.interval.ms'),
      assignmentIntervalMs: number('consumer.assignment.interval.ms'),
      sizeMax: this.#config.number('group.consumer.max.size'),
      assignors: this.assignors(),
    };
  }

  share(groupId: string): ShareGroupSettings {
    const number = (name: string): number => Number(this.#text(groupId, name));
    return {
      sessionTimeoutMs: number('share.session.timeout.ms'),
      heartbeatIntervalMs: number('share.heartbeat.interval.ms'),
      assignmentIntervalMs: number('share.assignment.interval.ms'),
      sizeMax: this.#config.number('group.share.max.size'),
    };
  }

  streams(groupId: string): StreamsGroupSettings {
    const number = (name: string): number => Number(this.#text(groupId, name));
    return {
      sessionTimeoutMs: number('streams.session.timeout.ms'),
      heartbeatIntervalMs: number('streams.heartbeat.interval.ms'),
      assignmentIntervalMs: number('streams.assignment.interval.ms'),
      initialDelayMs: number('streams.initial.rebalance.delay.ms'),
      standbyCount: number('streams.num.standby.replicas'),
      sizeMax: this.#config.number('group.streams.max.size'),
    };
  }

  delivery(groupId: string): DeliverySettings {
    const number = (name: string): number => Number(this.#text(groupId, name));
    return {
      lockMs: number('share.record.lock.duration.ms'),
      deliveriesMax: number('share.delivery.count.limit'),
      inFlightMax: number('share.partition.max.record.locks'),
      readsCommitted: this.#text(groupId, 'share.isolation.level') === 'read_committed',
      offsetReset: parseOffsetReset(this.#text(groupId, 'share.auto.offset.reset')) ?? { kind: 'latest' },
      mayRenew: this.#text(groupId, 'share.renew.acknowledge.enable').toLowerCase() === 'true',
    };
  }

  #text(groupId: string, name: string): string {
    return groupConfigText(name, this.#ofGroup(groupId), this.#config);
  }
}
