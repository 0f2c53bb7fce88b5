import { assert } from '@millrace/base';
import {
  type ApiName,
  type ApiTypes,
  type ConsumerGroupHeartbeatResponse,
  ErrorCode,
  ZERO_UUID,
} from '@millrace/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Broker } from '../../../broker.ts';
import { type MemberTarget, TestConsumerMember } from '../../../testing/consumer-member.ts';
import { Wire } from '../../../testing/wire.ts';

// The same heartbeats to this broker and to an Apache Kafka, whose answers and descriptions must be the same, epoch by epoch
// and partition by partition. Start Kafka with group.consumer.assignment.interval.ms=0 and group.consumer.assignors=range,
// and name it: MILLRACE_TEST_KAFKA=host:port.

const KAFKA_PORT = Number(process.env.MILLRACE_TEST_KAFKA?.split(':').at(-1));
const SEATS = 4;
/** A topic that was made is known to all parts of Kafka after this. */
const SETTLE_MS = 1500;

type Step = {
  readonly kind: 'beat' | 'slow' | 'lose' | 'leave' | 'leave-for-a-while' | 'subscribe' | 'wrong-epoch';
  readonly seat: number;
  readonly topics: readonly number[];
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('beat' as const, 'slow' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom('lose', 'leave', 'leave-for-a-while', 'subscribe', 'wrong-epoch' as const),
    },
  ),
  seat: fc.nat(SEATS - 1),
  topics: fc.constantFrom([0], [1], [0, 1]),
}) as fc.Arbitrary<Step>;

/** One broker, and what its members see of it. */
class Side implements MemberTarget {
  readonly #wire: Wire;
  readonly #topicLetters = new Map<string, string>();
  readonly #seats: (TestConsumerMember | null)[] = Array.from({ length: SEATS }, () => null);
  readonly #groupId: string;
  readonly #topics: readonly string[];

  constructor(wire: Wire, run: string) {
    this.#wire = wire;
    this.#groupId = `group-${run}`;
    this.#topics = [`a-${run}`, `b-${run}`];
  }

  connect(): Promise<Pick<Wire, 'send'>> {
    return Promise.resolve(this.#wire);
  }

  async prepare(): Promise<void> {
    const settings = { replicationFactor: 1, assignments: [], configs: [] };
    await this.#send('CreateTopics', 7, {
      topics: this.#topics.map((name, index) => ({ name, numPartitions: 3 + index, ...settings })),
      timeoutMs: 10_000,
      validateOnly: false,
    });
    // Kafka makes its offsets topic when somebody looks for a coordinator.
    const coordinatorKeys = [this.#groupId];
    for (let code: number = ErrorCode.COORDINATOR_NOT_AVAILABLE; code !== ErrorCode.GROUP_ID_NOT_FOUND; ) {
      await this.#send('FindCoordinator', 4, { key: '', keyType: 0, coordinatorKeys });
      code = (await this.#describe()).errorCode;
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS / 3));
    }
    const metadata = await this.#send('Metadata', 12, {
      topics: this.#topics.map((name) => ({ name, topicId: ZERO_UUID })),
      allowAutoTopicCreation: false,
      includeClusterAuthorizedOperations: false,
      includeTopicAuthorizedOperations: false,
    });
    for (const { name, topicId } of metadata.topics) this.#topicLetters.set(topicId, name!.slice(0, 1));
  }

  /** What happens, and what comes of it, in words that are the same for every broker. */
  async take({ kind, seat, topics }: Step, memberId: string): Promise<string> {
    const answer = await this.#act(
      kind,
      seat,
      topics.map((index) => this.#topics[index]!),
      memberId,
    );
    const group = await this.#describe();
    const members = group.members
      .map((member) => [
        member.memberId,
        member.memberEpoch,
        this.#spell(member.assignment),
        this.#spell(member.targetAssignment),
      ])
      .sort();
    const told = answer && [answer.errorCode, answer.memberEpoch, answer.assignment && this.#spell(answer.assignment)];
    return JSON.stringify([told, group.groupState, group.groupEpoch, group.assignmentEpoch, members]);
  }

  async #act(
    kind: Step['kind'],
    seat: number,
    topics: readonly string[],
    memberId: string,
  ): Promise<ConsumerGroupHeartbeatResponse | null> {
    const member = this.#seats[seat];
    if (member == null) {
      const instanceId = seat === SEATS - 1 ? 'static' : null;
      const joining = new TestConsumerMember(this.#groupId, memberId, { topics, instanceId, serverAssignor: 'range' });
      const answer = await joining.heartbeat(this);
      if (answer.errorCode === ErrorCode.NONE) this.#seats[seat] = joining;
      return answer;
    }
    const isLeaving = kind === 'leave' || (kind === 'leave-for-a-while' && member.wishes.instanceId !== null);
    if (isLeaving) {
      this.#seats[seat] = null;
      return await member.leave(this, kind === 'leave' ? -1 : -2);
    }
    if (kind === 'subscribe') return await member.heartbeat(this, { subscribedTopicNames: topics });
    if (kind === 'wrong-epoch') return await member.send(this, { memberEpoch: member.epoch + 5 });
    if (kind === 'lose') {
      await member.loseAnswer(this);
      return null;
    }
    member.isSlow = kind === 'slow';
    return await member.heartbeat(this);
  }

  async #describe() {
    const request = { groupIds: [this.#groupId], includeAuthorizedOperations: false };
    return (await this.#send('ConsumerGroupDescribe', 1, request)).groups[0]!;
  }

  #spell({ topicPartitions }: NonNullable<ConsumerGroupHeartbeatResponse['assignment']>): string {
    const names = topicPartitions.flatMap(({ topicId, partitions }) =>
      partitions.map((partition) => `${this.#topicLetters.get(topicId)}${partition}`),
    );
    return names.sort().join(' ');
  }

  async #send<A extends ApiName>(name: A, version: number, request: ApiTypes[A]['request']) {
    const answer = await this.#wire.send(name, version, request);
    assert(answer !== null, 'the broker answers');
    return answer;
  }
}

describe.skipIf(Number.isNaN(KAFKA_PORT))('beside Apache Kafka (MILLRACE_TEST_KAFKA)', () => {
  let broker: Broker;
  let wires: readonly [Wire, Wire];
  let runs = 0;

  beforeAll(async () => {
    broker = await Broker.start({ config: { 'group.consumer.assignors': 'range' } });
    wires = [await Wire.connect(broker.port), await Wire.connect(KAFKA_PORT)];
  });

  afterAll(async () => {
    for (const wire of wires) wire.destroy();
    await broker.close();
  });

  test('every heartbeat is answered alike, and the group looks alike after it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 40 }), async (steps) => {
        const run = `${process.pid}-${runs++}`;
        const [ours, kafka] = [new Side(wires[0], run), new Side(wires[1], run)];
        await Promise.all([ours.prepare(), kafka.prepare()]);
        await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
        for (const [index, one] of steps.entries()) {
          const memberId = `m${index}`;
          expect([index, one, await ours.take(one, memberId)]).toEqual([index, one, await kafka.take(one, memberId)]);
        }
      }),
      { numRuns: 10, endOnFailure: true },
    );
  }, 300_000);
});
