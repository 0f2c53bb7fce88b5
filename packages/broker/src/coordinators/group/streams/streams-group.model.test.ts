import { ErrorCode, type StreamsGroupDescribeResponseDescribedGroup } from '@millrace/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TestStreamsMember } from '../../../testing/streams-member.ts';
import { TestBroker } from '../../../testing/test-broker.ts';

const SESSION_MS = 45_000;
const MEMBERS = 5;
const PROCESSES = 3;
const PARTITIONS = 3;
/** Two subtopologies, of which the second has a store. */
const SUBTOPOLOGIES = 2;
const QUIET_ROUNDS = 14;

type Step =
  | { readonly kind: 'heartbeat' | 'lost-answer' | 'leave' | 'crash' | 'slow' | 'quick'; readonly member: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'standbys'; readonly count: number }
  | { readonly kind: 'restart' };

const member = fc.nat(MEMBERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: member.map((one): Step => ({ kind: 'heartbeat', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'lost-answer', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'leave', member: one })) },
  { weight: 1, arbitrary: member.map((one): Step => ({ kind: 'crash', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'slow', member: one })) },
  { weight: 2, arbitrary: member.map((one): Step => ({ kind: 'quick', member: one })) },
  { weight: 2, arbitrary: fc.integer({ min: 1000, max: 30_000 }).map((ms): Step => ({ kind: 'pass', ms })) },
  { weight: 1, arbitrary: fc.nat(2).map((count): Step => ({ kind: 'standbys', count })) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
);

/** A broker, the instances of an application in three processes, and what each of them works on. */
class World {
  readonly #server: TestBroker;
  #nextMember = 0;
  #standbys = 0;
  readonly members: (TestStreamsMember | null)[] = Array.from({ length: MEMBERS }, () => null);

  constructor(server: TestBroker) {
    this.#server = server;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'heartbeat': {
        const seat = step.member;
        this.members[seat] ??= new TestStreamsMember('g', `m${this.#nextMember++}`, `p${seat % PROCESSES}`);
        await this.heartbeat(this.members[seat]!);
        return;
      }
      case 'lost-answer': {
        const one = this.members[step.member];
        if (one == null || one.epoch === 0) return;
        if (await one.loseAnswer(this.#server)) one.lastHeardMs = this.#server.clock.monotonicMs();
        return;
      }
      case 'leave':
        await this.members[step.member]?.leave(this.#server);
        this.members[step.member] = null;
        return;
      case 'crash':
        // It works on until somebody finds out.
        this.members[step.member] = null;
        return;
      case 'slow':
      case 'quick':
        if (this.members[step.member] != null) this.members[step.member]!.isSlow = step.kind === 'slow';
        return;
      case 'pass':
        await this.pass(step.ms);
        return;
      case 'standbys':
        this.#standbys = step.count;
        await this.#setStandbys();
        return;
      case 'restart':
        await this.#server.restart();
        // Everybody gets a whole session to be heard of again.
        for (const one of this.living()) one.lastHeardMs = this.#server.clock.monotonicMs();
    }
  }

  async heartbeat(one: TestStreamsMember): Promise<void> {
    const answer = await one.heartbeat(this.#server);
    expect([ErrorCode.NONE, ErrorCode.FENCED_MEMBER_EPOCH, ErrorCode.UNKNOWN_MEMBER_ID]).toContain(answer.errorCode);
    one.lastHeardMs = this.#server.clock.monotonicMs();
  }

  async pass(ms: number): Promise<void> {
    this.#server.clock.advance(ms);
    await this.#server.turn();
  }

  /** Members that the broker has heard of within their session: who is silent for longer knows that it is out. */
  living(): TestStreamsMember[] {
    const now = this.#server.clock.monotonicMs();
    return this.members.filter((one) => one !== null).filter((one) => now - one.lastHeardMs < SESSION_MS);
  }

  expectOneWorkerEach(): void {
    const active = this.living().flatMap(({ tasks }) => [...tasks.active]);
    expect(new Set(active).size, 'each task is active with one member at most').toBe(active.length);
    const places = this.living().flatMap(({ processId, tasks }) =>
      [...tasks.active, ...tasks.standby].map((task) => `${task} in ${processId}`),
    );
    expect(new Set(places).size, 'a process has a task once at most').toBe(places.length);
  }

  async expectQuiet(): Promise<void> {
    const living = this.living();
    if (living.length === 0) return;
    for (const one of living) one.isSlow = false;
    for (let round = 0; round < QUIET_ROUNDS; round++) {
      await this.pass(SESSION_MS / 3);
      for (const one of living) await this.heartbeat(one);
      this.expectOneWorkerEach();
    }
    const active = living.flatMap(({ tasks }) => [...tasks.active]);
    expect(active.length).toBe(PARTITIONS * SUBTOPOLOGIES);
    const processes = new Set(living.map(({ processId }) => processId)).size;
    const standby = living.flatMap(({ tasks }) => [...tasks.standby]);
    expect(standby.length).toBe(PARTITIONS * Math.min(this.#standbys, processes - 1));
    const group = await this.describe();
    expect(group.groupState).toBe('Stable');
    expect(group.members.map(({ memberId }) => memberId).sort()).toEqual(living.map(({ id }) => id).sort());
    expect(new Set(group.members.map(({ memberEpoch }) => memberEpoch))).toEqual(new Set([group.groupEpoch]));
  }

  async describe(): Promise<StreamsGroupDescribeResponseDescribedGroup> {
    const request = { groupIds: ['g'], includeAuthorizedOperations: false };
    return (await this.#server.send('StreamsGroupDescribe', 0, request)).groups[0]!;
  }

  async #setStandbys(): Promise<void> {
    const config = { name: 'streams.num.standby.replicas', configOperation: 0, value: String(this.#standbys) };
    const resources = [{ resourceType: 32, resourceName: 'g', configs: [config] }];
    const answer = await this.#server.send('IncrementalAlterConfigs', 1, { resources, validateOnly: false });
    expect(answer.responses[0]!.errorCode).toBe(ErrorCode.NONE);
  }
}

test('a task is never active twice, nor twice in a process, and in quiet all of them are, whoever comes or goes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      await using server = await TestBroker.start();
      await server.createTopics({ lines: PARTITIONS });
      const world = new World(server);
      for (const one of steps) {
        await world.take(one);
        world.expectOneWorkerEach();
      }
      await world.expectQuiet();
    }),
    { numRuns: 30 },
  );
});
