import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CLASSIC_SESSION_MS, TestClassicMember } from '../../../testing/classic-member.ts';
import { TestConsumerMember } from '../../../testing/consumer-member.ts';
import { TestBroker } from '../../../testing/test-broker.ts';

const SESSION_MS = 45_000;
const PARTITIONS = 4;
const SEATS = 4;
const QUIET_MS = 90_000;

type Step =
  | { readonly kind: 'beat'; readonly seat: number; readonly protocol: 'classic' | 'consumer' }
  | { readonly kind: 'leave' | 'crash'; readonly seat: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'restart' };

const seat = fc.nat(SEATS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('beat' as const),
      seat,
      protocol: fc.constantFrom('classic' as const, 'consumer' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'crash' as const), seat }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 5000 }) }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
);

/** Members of both protocols in one group, which changes its own with them. */
class World {
  readonly #server: TestBroker;
  readonly #topicId: string;
  readonly #seats: (TestClassicMember | TestConsumerMember | null)[] = Array.from({ length: SEATS }, () => null);
  #nextMember = 0;

  constructor(server: TestBroker, topicId: string) {
    this.#server = server;
    this.#topicId = topicId;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'beat': {
        this.#seats[step.seat] ??=
          step.protocol === 'classic'
            ? new TestClassicMember(this.#server, 'g', PARTITIONS)
            : new TestConsumerMember('g', `m${this.#nextMember++}`);
        await this.#beat(this.#seats[step.seat]!);
        return;
      }
      case 'leave': {
        const member = this.#seats[step.seat];
        this.#seats[step.seat] = null;
        if (member instanceof TestConsumerMember) await member.leave(this.#server.broker);
        else await member?.leave();
        return;
      }
      case 'crash':
        this.#seats[step.seat] = null;
        return;
      case 'pass':
        await this.#server.pass(step.ms);
        return;
      case 'restart':
        await this.#server.restart();
        for (const member of this.#living()) member.lastHeardMs = this.#server.clock.monotonicMs();
    }
  }

  expectOneReaderEach(): void {
    const read = this.#living().flatMap((member) => this.#reading(member));
    expect(new Set(read).size, 'each partition has one reader at most').toBe(read.length);
  }

  async expectQuiet(): Promise<void> {
    // Who was found silent meanwhile joins again.
    const living = this.#seats.filter((member) => member !== null);
    for (let passedMs = 0; passedMs < QUIET_MS; passedMs += 2000) {
      for (const member of living) await this.#beat(member);
      await this.#server.pass(2000);
      this.expectOneReaderEach();
    }
    const read = living.flatMap((member) => this.#reading(member));
    expect(read.length).toBe(living.length === 0 ? 0 : PARTITIONS);
  }

  async #beat(member: TestClassicMember | TestConsumerMember): Promise<void> {
    if (member instanceof TestClassicMember) {
      await member.step();
      await this.#server.turn();
      return;
    }
    const { errorCode } = await member.heartbeat(this.#server.broker);
    if (errorCode === 0) member.lastHeardMs = this.#server.clock.monotonicMs();
  }

  /** Who is silent for longer than its session knows that it is out. */
  #living(): (TestClassicMember | TestConsumerMember)[] {
    const now = this.#server.clock.monotonicMs();
    return this.#seats
      .filter((member) => member !== null)
      .filter((member) => {
        const sessionMs = member instanceof TestClassicMember ? CLASSIC_SESSION_MS : SESSION_MS;
        return now - member.lastHeardMs < sessionMs;
      });
  }

  #reading(member: TestClassicMember | TestConsumerMember): string[] {
    if (member instanceof TestConsumerMember) return [...member.reading];
    return member.reading.map((partition) => `${this.#topicId}-${partition}`);
  }
}

test('while a group changes its protocol, no partition has two readers, and in quiet every one has one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
      await using server = await TestBroker.start();
      await server.createTopics({ t: PARTITIONS });
      const metadata = await server.send('Metadata', 12, {
        topics: [{ name: 't', topicId: 'AAAAAAAAAAAAAAAAAAAAAA' }],
        allowAutoTopicCreation: false,
        includeClusterAuthorizedOperations: false,
        includeTopicAuthorizedOperations: false,
      });
      const world = new World(server, metadata.topics[0]!.topicId);
      for (const one of steps) {
        await world.take(one);
        world.expectOneReaderEach();
      }
      await world.expectQuiet();
    }),
    { numRuns: 30 },
  );
});
