import { type ConsumerGroupDescribeResponseDescribedGroup, ErrorCode } from '@millrace/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestConsumerMember } from '../../../testing/consumer-member.ts';
import { TestBroker } from '../../../testing/test-broker.ts';

const SESSION_MS = 45_000;
const MEMBERS = 5;
const PARTITIONS = 3;
const QUIET_ROUNDS = 12;

type Step =
  | { readonly kind: 'heartbeat' | 'lost-answer' | 'leave' | 'crash' | 'slow' | 'quick'; readonly member: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'restart' | 'more-partitions' };

const member = fc.nat(MEMBERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: member.map((one): Step => ({ kind: 'heartbeat', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'lost-answer', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'leave', member: one })) },
  { weight: 1, arbitrary: member.map((one): Step => ({ kind: 'crash', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'slow', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'quick', member: one })) },
  { weight: 2, arbitrary: fc.integer({ min: 1000, max: 30_000 }).map((ms): Step => ({ kind: 'pass', ms })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'more-partitions' }) },
);

/** A broker, the members of a group, and what each of them reads. */
class World {
  readonly #server: TestBroker;
  #partitions = PARTITIONS;
  #nextMember = 0;
  readonly members: (TestConsumerMember | null)[] = Array.from({ length: MEMBERS }, () => null);

  constructor(server: TestBroker) {
    this.#server = server;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'heartbeat': {
        this.members[step.member] ??= new TestConsumerMember('g', `m${this.#nextMember++}`);
        await this.heartbeat(this.members[step.member]!);
        return;
      }
      case 'lost-answer': {
        const one = this.members[step.member];
        if (one == null || one.epoch === 0) return;
        if (await one.loseAnswer(this.#server.broker)) one.lastHeardMs = this.#server.clock.monotonicMs();
        return;
      }
      case 'leave':
        await this.members[step.member]?.leave(this.#server.broker);
        this.members[step.member] = null;
        return;
      case 'crash':
        // It reads on until somebody finds out.
        this.members[step.member] = null;
        return;
      case 'slow':
      case 'quick':
        if (this.members[step.member] != null) this.members[step.member]!.isSlow = step.kind === 'slow';
        return;
      case 'pass':
        await this.pass(step.ms);
        return;
      case 'restart':
        await this.#server.restart();
        // Everybody gets a whole session to be heard of again.
        for (const one of this.living()) one.lastHeardMs = this.#server.clock.monotonicMs();
        return;
      case 'more-partitions':
        this.#partitions += 1;
        await this.#addPartitions();
    }
  }

  async heartbeat(one: TestConsumerMember): Promise<void> {
    const answer = await one.heartbeat(this.#server.broker);
    expect([ErrorCode.NONE, ErrorCode.FENCED_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID]).toContain(answer.errorCode);
    one.lastHeardMs = this.#server.clock.monotonicMs();
  }

  async pass(ms: number): Promise<void> {
    this.#server.clock.advance(ms);
    await this.#server.turn();
  }

  /** Members that the broker has heard of within their session: who is silent for longer knows that it is out. */
  living(): TestConsumerMember[] {
    const now = this.#server.clock.monotonicMs();
    return this.members.filter((one) => one !== null).filter((one) => now - one.lastHeardMs < SESSION_MS);
  }

  expectOneReaderEach(): void {
    const read = this.living().flatMap(({ reading }) => [...reading]);
    expect(new Set(read).size, 'each partition has one reader at most').toBe(read.length);
  }

  async expectQuiet(): Promise<void> {
    const living = this.living();
    if (living.length === 0) return;
    for (const one of living) one.isSlow = false;
    for (let round = 0; round < QUIET_ROUNDS; round++) {
      await this.pass(SESSION_MS / 3);
      for (const one of living) await this.heartbeat(one);
      this.expectOneReaderEach();
    }
    const counts = living.map(({ reading }) => reading.size);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(this.#partitions);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const group = await this.describe();
    expect(group.groupState).toBe('Stable');
    expect(group.members.map(({ memberId }) => memberId).sort()).toEqual(living.map(({ id }) => id).sort());
    expect(new Set(group.members.map(({ memberEpoch }) => memberEpoch))).toEqual(new Set([group.groupEpoch]));
  }

  async describe(): Promise<ConsumerGroupDescribeResponseDescribedGroup> {
    const request = { groupIds: ['g'], includeAuthorizedOperations: false };
    return (await this.#server.send('ConsumerGroupDescribe', 1, request)).groups[0]!;
  }

  async #addPartitions(): Promise<void> {
    await this.#server.send('CreatePartitions', 3, {
      topics: [{ name: 't', count: this.#partitions, assignments: null }],
      timeoutMs: 0,
      validateOnly: false,
    });
  }
}

test.each(['uniform', 'range'])(
  'with %s a partition never has two readers, and in quiet every one has one, whoever comes, goes, dies or restarts',
  async (assignor) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        await using server = await TestBroker.start({ 'group.consumer.assignors': assignor });
        await server.createTopics({ t: PARTITIONS });
        const world = new World(server);
        for (const one of steps) {
          await world.take(one);
          world.expectOneReaderEach();
        }
        await world.expectQuiet();
      }),
      { numRuns: 30 },
    );
  },
);
