import {
  ErrorCode,
  ProduceRequestDefaults,
  ProduceRequestTopicProduceDataDefaults,
  ZERO_UUID,
} from '@millrace/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type SaidBatch, TestShareMember } from '../testing/share-member.ts';
import { TestBroker } from '../testing/test-broker.ts';
import { testBatch } from '../testing/test-log.ts';

// What a share group does with a partition, step by step beside a model that knows each record by itself: whatever members
// do or leave undone, however locks end and brokers die, what is done with never comes back, and nothing else is lost.

const MEMBERS = 3;
const LOCK_MS = 15_000;
const DELIVERIES_MAX = 3;
const IN_FLIGHT_MAX = 100;
const BATCH_MAX = 40;
const TYPE = { gap: 0, accept: 1, release: 2, reject: 3, renew: 4 } as const;
/** Rounds in which everything must be delivered in the end: each record at most so often, in ever smaller parts. */
const DRAIN_ROUNDS_MAX = 600;

type Step =
  | { readonly kind: 'produce'; readonly sizes: readonly number[] }
  | { readonly kind: 'fetch'; readonly member: number; readonly recordsMax: number; readonly isStrict: boolean }
  | { readonly kind: 'say'; readonly member: number; readonly types: readonly number[]; readonly withFetch: boolean }
  | { readonly kind: 'end' | 'disconnect'; readonly member: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'restart' }
  | { readonly kind: 'delete-records'; readonly share: number };

const member = fc.nat(MEMBERS - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('produce' as const),
      sizes: fc.array(fc.integer({ min: 1, max: BATCH_MAX }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('fetch' as const),
      member,
      recordsMax: fc.integer({ min: 1, max: 80 }),
      isStrict: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('say' as const),
      member,
      types: fc.array(fc.constantFrom(...Object.values(TYPE), TYPE.accept, TYPE.release), {
        minLength: 1,
        maxLength: 8,
      }),
      withFetch: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('end' as const, 'disconnect' as const), member }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20 }).map((s): Step => ({ kind: 'pass', ms: s * 1000 })) },
  { weight: 2, arbitrary: fc.constant<Step>({ kind: 'restart' }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete-records' as const), share: fc.nat(100) }) },
);

/** What the model knows of a record. */
type Known = {
  state: 'available' | 'acquired' | 'done';
  /** How often it was delivered. */
  count: number;
  /** How often by what must be stored. */
  storedCount: number;
  owner: number;
  untilMs: number;
};

class World {
  readonly #server: TestBroker;
  readonly #topicId: string;
  readonly #members: (TestShareMember | null)[] = Array.from({ length: MEMBERS }, () => null);
  readonly #records: Known[] = [];
  #nextId = 0;
  /** −1 before anybody read. */
  #startOffset = -1;
  #logStart = 0;

  constructor(server: TestBroker, topicId: string) {
    this.#server = server;
    this.#topicId = topicId;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'produce':
        for (const size of step.sizes) await this.#produce(size);
        break;
      case 'fetch':
        await this.fetch(step.member, step.recordsMax, step.isStrict);
        break;
      case 'say':
        await this.#say(step.member, step.types, step.withFetch);
        break;
      case 'end':
        await this.#members[step.member]?.fetch({ shareSessionEpoch: -1 });
        this.#giveBack(({ owner }) => owner === step.member);
        break;
      case 'disconnect':
        await this.#members[step.member]?.disconnect();
        await this.#server.turn();
        if (this.#members[step.member]?.epoch !== 0) this.#giveBack(({ owner }) => owner === step.member);
        this.#members[step.member] = null;
        break;
      case 'pass':
        await this.pass(step.ms);
        break;
      case 'restart':
        await this.#server.restart();
        this.#members.fill(null);
        for (const record of this.#records) {
          if (record.state !== 'acquired') continue;
          record.state = 'available';
          record.count = record.storedCount;
        }
        break;
      case 'delete-records':
        await this.#deleteRecords(Math.floor((step.share / 100) * this.#records.length));
    }
    await this.#checkStart();
  }

  /** Everything that is not done with is delivered in the end, whoever had it. */
  async drain(): Promise<void> {
    await this.pass(LOCK_MS + 1000);
    for (let round = 0; round < DRAIN_ROUNDS_MAX; round++) {
      if ((await this.fetch(0, 500, false)) === 0) break;
      await this.#say(0, [TYPE.accept], false);
    }
    const left = this.#records.flatMap((record, offset) => (record.state === 'done' ? [] : [offset]));
    expect(left.filter((offset) => offset >= this.#logStart)).toEqual([]);
    await this.#checkStart();
    expect(this.#startOffset).toBe(this.#records.length);
  }

  async fetch(seat: number, recordsMax: number, isStrict: boolean): Promise<number> {
    const one = await this.#member(seat);
    return this.#given(seat, await one.take({ maxRecords: recordsMax, shareAcquireMode: isStrict ? 1 : 0 }), {
      recordsMax,
      isStrict,
    });
  }

  async pass(ms: number): Promise<void> {
    await this.#server.pass(ms);
    const nowMs = this.#server.clock.monotonicMs();
    this.#giveBack(({ untilMs }) => untilMs <= nowMs);
  }

  #given(
    seat: number,
    given: readonly { readonly offset: number; readonly deliveryCount: number }[],
    { recordsMax, isStrict }: { readonly recordsMax: number; readonly isStrict: boolean },
  ): number {
    for (const { offset, deliveryCount } of given) {
      const known = this.#records[offset]!;
      expect(known.state, `offset ${offset} may be delivered`).toBe('available');
      known.state = 'acquired';
      known.owner = seat;
      known.untilMs = this.#server.clock.monotonicMs() + LOCK_MS;
      known.count += 1;
      expect(deliveryCount, `deliveries of offset ${offset}`).toBe(known.count);
    }
    if (isStrict) expect(given.length).toBeLessThanOrEqual(recordsMax);
    const last = given.reduce((most, { offset }) => Math.max(most, offset), 0);
    expect(last - this.#firstLeft).toBeLessThan(IN_FLIGHT_MAX + BATCH_MAX);
    return given.length;
  }

  async #say(seat: number, types: readonly number[], withFetch: boolean): Promise<void> {
    const one = await this.#member(seat);
    const held = this.#records.flatMap(({ state, owner }, offset) =>
      state === 'acquired' && owner === seat && offset >= this.#logStart ? [offset] : [],
    );
    if (held.length === 0 || one.epoch === 0) return;
    const typeOf = (index: number): number => types[index % types.length]!;
    const isRenewAck = types.includes(TYPE.renew);
    const said = held.map((offset, index): SaidBatch => [offset, offset, typeOf(index)]);
    let code: number;
    if (withFetch && !isRenewAck) {
      const answer = await one.fetch({ maxRecords: 0 }, [0], said);
      code = answer.responses[0]!.partitions[0]!.acknowledgeErrorCode;
    } else {
      const answer = await one.acknowledge(said, { isRenewAck });
      code = answer.responses[0]!.partitions[0]!.errorCode;
    }
    expect(code, 'who speaks of what it has is heard').toBe(ErrorCode.NONE);
    for (const [index, offset] of held.entries()) {
      const known = this.#records[offset]!;
      const type = typeOf(index);
      if (type === TYPE.renew) known.untilMs = this.#server.clock.monotonicMs() + LOCK_MS;
      else if (type === TYPE.release) comeBack(known);
      else known.state = 'done';
    }
  }

  #giveBack(isMeant: (known: Known) => boolean): void {
    for (const known of this.#records) if (known.state === 'acquired' && isMeant(known)) comeBack(known);
  }

  async #produce(size: number): Promise<void> {
    const timestamp = this.#server.clock.wallMs();
    const records = testBatch(Array.from({ length: size }, (_, index) => ({ value: `${index}`, timestamp })));
    const topicData = [
      { ...ProduceRequestTopicProduceDataDefaults, name: 't', partitionData: [{ index: 0, records }] },
    ];
    await this.#server.send('Produce', 9, { ...ProduceRequestDefaults, acks: -1, timeoutMs: 1000, topicData });
    for (let index = 0; index < size; index++) {
      this.#records.push({ state: 'available', count: 0, storedCount: 0, owner: -1, untilMs: 0 });
    }
  }

  async #deleteRecords(offset: number): Promise<void> {
    const topics = [{ name: 't', partitions: [{ partitionIndex: 0, offset }] }];
    await this.#server.send('DeleteRecords', 2, { topics, timeoutMs: 0 });
    this.#logStart = Math.max(this.#logStart, offset);
    for (const known of this.#records.slice(0, offset)) known.state = 'done';
  }

  /** The start never goes back, and never beyond what is done with. */
  async #checkStart(): Promise<void> {
    const asked = { groupId: 'g', topics: [{ topicName: 't', partitions: [0] }] };
    const answer = await this.#server.send('DescribeShareGroupOffsets', 1, { groups: [asked] });
    const { startOffset } = answer.groups[0]!.topics[0]!.partitions[0]!;
    expect(startOffset).toBeGreaterThanOrEqual(this.#startOffset);
    expect(startOffset).toBeLessThanOrEqual(this.#firstLeft);
    this.#startOffset = startOffset;
  }

  get #firstLeft(): number {
    const first = this.#records.findIndex(({ state }) => state !== 'done');
    return first < 0 ? this.#records.length : first;
  }

  async #member(seat: number): Promise<TestShareMember> {
    const known = this.#members[seat];
    if (known != null) return known;
    // An id that nobody had: what a member had under another one is not its own.
    const id = `m${this.#nextId++}`;
    const made = await TestShareMember.connect(this.#server.broker, { groupId: 'g', id, topicId: this.#topicId });
    await made.heartbeat(0, ['t']);
    // It may have records of the seat's last one, whose session is still there: nobody speaks of them any more.
    for (const record of this.#records) if (record.owner === seat) record.owner = -1;
    this.#members[seat] = made;
    return made;
  }
}

function comeBack(known: Known): void {
  known.state = known.count >= DELIVERIES_MAX ? 'done' : 'available';
  known.storedCount = known.count;
}

async function start(): Promise<{ readonly server: TestBroker; readonly topicId: string }> {
  const server = await TestBroker.start({ 'share.coordinator.snapshot.update.records.per.snapshot': '5' });
  await server.createTopics({ t: 1 });
  const configs = {
    'share.auto.offset.reset': 'earliest',
    'share.record.lock.duration.ms': String(LOCK_MS),
    'share.delivery.count.limit': String(DELIVERIES_MAX),
    'share.partition.max.record.locks': String(IN_FLIGHT_MAX),
  };
  const entries = Object.entries(configs).map(([name, value]) => ({ name, value, configOperation: 0 }));
  const resource = { resourceType: 32, resourceName: 'g', configs: entries };
  await server.send('IncrementalAlterConfigs', 1, { resources: [resource], validateOnly: false });
  const metadata = await server.send('Metadata', 12, {
    topics: [{ name: 't', topicId: ZERO_UUID }],
    allowAutoTopicCreation: false,
    includeClusterAuthorizedOperations: false,
    includeTopicAuthorizedOperations: false,
  });
  return { server, topicId: metadata.topics[0]!.topicId };
}

test('whatever members do and whenever brokers die: done once is done for ever, and all else is delivered', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
      const { server, topicId } = await start();
      try {
        const world = new World(server, topicId);
        for (const each of steps) await world.take(each);
        await world.drain();
      } finally {
        await server[Symbol.asyncDispose]();
      }
    }),
    { numRuns: 60 },
  );
});
