import type { BrokerConfig } from '../../cluster/broker-config.ts';
import { splitList } from '../../cluster/config-definition.ts';
import type { ConsumerGroupSettings } from './consumer/advance.ts';

/** What holds for a consumer group: its own configs, over those of the broker. */
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

  /** Whether groups may speak the consumer protocol. */
  speaksConsumer(): boolean {
    return splitList(this.#config.text('group.coordinator.rebalance.protocols') ?? '').includes('consumer');
  }

  of(groupId: string): ConsumerGroupSettings {
    const own = this.#ofGroup(groupId);
    const number = (name: string): number => Number(own[name] ?? this.#config.number(`group.${name}`));
    return {
      sessionTimeoutMs: number('consumer.session.timeout.ms'),
      heartbeatIntervalMs: number('consumer.heartbeat.interval.ms'),
      assignmentIntervalMs: number('consumer.assignment.interval.ms'),
      sizeMax: this.#config.number('group.consumer.max.size'),
      assignors: this.assignors(),
    };
  }
}
